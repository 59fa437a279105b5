-- Every area of an edition, as placing needs it.
-- in:  city_id; edition_id
-- out: code, level, parent_code, name, shape (WKB), population; ordered by code
SELECT
    area.code,
    area.level,
    area.parent_code,
    area.name,
    ST_AsBinary(area.geom) AS shape,
    area.population
FROM peta.area AS area
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
ORDER BY area.code COLLATE "C"
