-- The days on which the offices of a city are closed.
-- in:  city_id
-- out: day, name; by day
SELECT
    holiday.day,
    holiday.name
FROM peta.holiday AS holiday
WHERE holiday.city_id = :city_id
ORDER BY holiday.day
