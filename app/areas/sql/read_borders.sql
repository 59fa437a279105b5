-- The borders of one level of an edition.
-- in:  city_id; edition_id; level
-- out: code; geom (WKB), by code
SELECT
    area.code,
    ST_AsBinary(area.geom) AS geom
FROM peta.area AS area
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
    AND area.level = :level
ORDER BY area.code
