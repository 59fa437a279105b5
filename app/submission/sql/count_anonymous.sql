-- How many usulan without a contact residents have sent since some time, counted no further than needed.
-- in:  city (code); since; most
-- out: came
SELECT COUNT(*) AS came
FROM
    (
        SELECT 1 AS one
        FROM peta.city AS city
        INNER JOIN peta.usulan AS usulan ON city.city_id = usulan.city_id
        WHERE
            city.code = :city
            AND usulan.created > :since
            AND usulan.source = 'warga'
            AND NOT EXISTS (
                SELECT FROM peta.proposer AS person
                WHERE
                    person.city_id = usulan.city_id
                    AND person.usulan_id = usulan.usulan_id
                    AND COALESCE(person.name, person.phone, person.email) IS NOT NULL
            )
        LIMIT CAST(:most AS integer)
    ) AS anonymous
