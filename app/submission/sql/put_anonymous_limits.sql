-- Sets from where on usulan without a contact are held in a city.
-- in:  city_id; above, times (null: as usual)
-- out: nothing
UPDATE peta.city AS city
SET
    hold_above = :above,
    hold_times = :times
WHERE city.city_id = :city_id
