-- A city; adding it again under another name renames it.
-- in:  city_id; code; name; time_zone
-- out: whether it is new; no row when it stood there just so
INSERT INTO peta.city AS city (city_id, code, name, time_zone)
VALUES (:city_id, :code, :name, :time_zone)
ON CONFLICT (city_id) DO UPDATE
    SET name = excluded.name
    WHERE city.name <> excluded.name
RETURNING xmax = 0
