-- Every area of one edition, as the loader compares it.
-- in:  city_id; edition_id
-- out: code, level, parent_code, name, status, geom (WKB), population, households, by code
SELECT
    area.code,
    area.level,
    area.parent_code,
    area.name,
    area.status,
    ST_AsBinary(area.geom) AS geom,
    area.population,
    area.households
FROM peta.area AS area
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
ORDER BY area.code
