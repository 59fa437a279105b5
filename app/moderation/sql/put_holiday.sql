-- A day on which the offices of a city are closed.
-- in:  city_id; day; name
-- out: nothing
INSERT INTO peta.holiday (city_id, day, name)
VALUES (:city_id, :day, :name)
ON CONFLICT (city_id, day) DO UPDATE
    SET name = excluded.name
