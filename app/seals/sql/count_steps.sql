-- How many steps the histories of a city have.
-- in:  city_id
-- out: steps
SELECT COUNT(*) AS steps
FROM peta.usulan_event AS event
WHERE event.city_id = :city_id
