-- Every area of one edition with its people.
-- in:  city_id; edition_id
-- out: code, level, name, parent_code, population, households, by code
SELECT
    area.code,
    area.level,
    area.name,
    area.parent_code,
    area.population,
    area.households
FROM peta.area AS area
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
ORDER BY area.code
