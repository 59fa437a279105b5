-- One city by its code.
-- in:  code
-- out: city_id, code, name, time_zone; no row when there is none
SELECT
    city.city_id,
    city.code,
    city.name,
    city.time_zone
FROM peta.city AS city
WHERE city.code = :code
