-- Every area of one edition with its people, for comparing editions and placing in them.
-- in:  city_id; edition_id
-- out: code, level, parent_code, name, geom (WKB), population, by code
SELECT
    area.code,
    area.level,
    area.parent_code,
    area.name,
    ST_AsBinary(area.geom) AS geom,
    area.population
FROM peta.area AS area
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
ORDER BY area.code
