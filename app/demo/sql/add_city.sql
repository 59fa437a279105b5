-- The fictional city; where it stands already nothing changes. Waits for another load that is under way.
-- in:  city_id; code; name
-- out: nothing
INSERT INTO peta.city (city_id, code, name, publication, demo)
VALUES (:city_id, :code, :name, 'at_once', TRUE)
ON CONFLICT (city_id) DO NOTHING
