-- Tells those who keep any city in memory that all of it may have changed.
-- in:  peta.city
-- out: nothing
INSERT INTO peta.change (city_id, usulan_id)
SELECT
    city.city_id,
    '00000000-0000-0000-0000-000000000000'
FROM peta.city AS city
ON CONFLICT DO NOTHING
