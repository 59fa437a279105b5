-- The next usulan with a position that are placed in one edition, as they are stored.
-- in:  city_id; edition_id; after (usulan_id); most
-- out: usulan_id, number, shape (WKB), area_code
SELECT
    usulan.usulan_id,
    usulan.number,
    ST_AsBinary(usulan.geom) AS shape,
    usulan.area_code
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.edition_id = :edition_id
    AND usulan.usulan_id > :after
    AND usulan.geom IS NOT NULL
ORDER BY usulan.usulan_id
LIMIT :most
