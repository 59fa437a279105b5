-- Sets from where on usulan without a contact are held in a city.
-- in:  city_id; usual (whether both are as cities usually have them); above, times (null: as before)
-- out: nothing
UPDATE peta.city AS city
SET
    hold_above = CASE
        WHEN CAST(:usual AS boolean) THEN NULL
        ELSE COALESCE(CAST(:above AS integer), city.hold_above)
    END,
    hold_times = CASE
        WHEN CAST(:usual AS boolean) THEN NULL
        ELSE COALESCE(CAST(:times AS integer), city.hold_times)
    END
WHERE city.city_id = :city_id
