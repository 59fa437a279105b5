-- The limits of a city for usulan without a contact, and how many of them were shown at once in a stretch of time.
-- in:  city (code); after, until; above, times (the usual limits)
-- out: above (null: this city holds none), times, came; no row where there is no such city
SELECT
    CASE
        WHEN city.demo AND city.hold_above IS NULL AND city.hold_times IS NULL THEN NULL
        ELSE COALESCE(city.hold_above, CAST(:above AS integer))
    END AS above,
    COALESCE(city.hold_times, CAST(:times AS integer)) AS times,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        WHERE
            usulan.city_id = city.city_id
            AND usulan.created > :after
            AND usulan.created <= :until
            AND usulan.source = 'warga'
            AND usulan.published
            AND NOT EXISTS (
                SELECT FROM peta.proposer AS person
                WHERE
                    person.city_id = usulan.city_id
                    AND person.usulan_id = usulan.usulan_id
                    AND COALESCE(person.name, person.phone, person.email) IS NOT NULL
            )
    ) AS came
FROM peta.city AS city
WHERE city.code = :city
