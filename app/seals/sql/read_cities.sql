-- The cities whose histories are sealed.
-- in:  nothing
-- out: city_id
SELECT city.city_id
FROM peta.city AS city
ORDER BY city.city_id
