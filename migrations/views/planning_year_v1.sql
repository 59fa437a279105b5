-- The planning years in which a city has listed usulan, found by one look into an index per year: the index
-- ix_usulan_listed_year holds the listed ones only, and each look asks for the next later year.
-- in:  peta.city, peta.usulan
-- out: view map.planning_year
CREATE VIEW map.planning_year AS
SELECT
    city.city_id,
    found.year
FROM peta.city AS city
CROSS JOIN
    LATERAL (
        WITH RECURSIVE listed AS (
            (
                SELECT usulan.year
                FROM peta.usulan AS usulan
                WHERE
                    usulan.city_id = city.city_id
                    AND usulan.published
                    AND usulan.status NOT IN ('draf', 'digabung', 'dibatalkan')
                ORDER BY usulan.year
                LIMIT 1
            )
            UNION ALL
            SELECT later.year
            FROM listed
            CROSS JOIN
                LATERAL (
                    SELECT usulan.year
                    FROM peta.usulan AS usulan
                    WHERE
                        usulan.city_id = city.city_id
                        AND usulan.year > listed.year
                        AND usulan.published
                        AND usulan.status NOT IN ('draf', 'digabung', 'dibatalkan')
                    ORDER BY usulan.year
                    LIMIT 1
                ) AS later
        )

        SELECT listed.year FROM listed
    ) AS found;
