-- Usulan from lists that stand on no map yet, for staff to place: those without any area first.
-- in:  city_id; limit_rows
-- out: number, title, category, address (what the row says of its place), area_code, area_name,
--      place (what its words told, or null), source_id, waiting (how many there are in all)
SELECT
    usulan.number,
    usulan.title,
    usulan.category,
    usulan.address,
    usulan.area_code,
    area.name AS area_name,
    event.details -> 'place' AS place,
    usulan.source_id,
    COUNT(*) OVER () AS waiting
FROM peta.usulan AS usulan
INNER JOIN peta.usulan_event AS event
    ON
        usulan.city_id = event.city_id
        AND usulan.usulan_id = event.usulan_id
        AND event.sequence = 1
LEFT JOIN peta.area AS area
    ON
        usulan.city_id = area.city_id
        AND usulan.edition_id = area.edition_id
        AND usulan.area_code = area.code
WHERE
    usulan.city_id = :city_id
    AND usulan.position IS NULL
    AND usulan.source = 'berkas'
ORDER BY usulan.kecamatan IS NOT NULL, usulan.area_code, usulan.number
LIMIT :limit_rows
