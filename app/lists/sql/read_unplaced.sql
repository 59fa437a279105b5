-- Usulan from lists that stand on no map yet, for staff to place: those without any area first.
-- in:  city_id; limit_rows
-- out: number, title, category, address, area_code, place (what its words told, or null), source_id
SELECT
    usulan.number,
    usulan.title,
    usulan.category,
    usulan.address,
    usulan.area_code,
    event.details -> 'place' AS place,
    usulan.source_id
FROM peta.usulan AS usulan
INNER JOIN peta.usulan_event AS event
    ON
        usulan.city_id = event.city_id
        AND usulan.usulan_id = event.usulan_id
        AND event.sequence = 1
WHERE
    usulan.city_id = :city_id
    AND usulan.position IS NULL
    AND usulan.source = 'berkas'
ORDER BY usulan.kecamatan IS NOT NULL, usulan.area_code, usulan.number
LIMIT :limit_rows
