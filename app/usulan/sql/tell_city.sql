-- Tells those who keep a city in memory that any of it may have changed.
-- in:  city_id
-- out: nothing
INSERT INTO peta.change (city_id, usulan_id)
VALUES (:city_id, '00000000-0000-0000-0000-000000000000')
ON CONFLICT DO NOTHING
