-- A day on which the offices of a city are open after all.
-- in:  city_id; day
-- out: nothing
DELETE FROM peta.holiday AS holiday
WHERE
    holiday.city_id = :city_id
    AND holiday.day = :day
