-- The day it is in a city; without one, in Jakarta.
-- in:  city_id (or null); now
-- out: today
SELECT CAST(TIMEZONE(COALESCE(MAX(city.time_zone), 'Asia/Jakarta'), CAST(:now AS timestamptz)) AS date) AS today
FROM peta.city AS city
WHERE city.city_id = CAST(:city_id AS smallint)
