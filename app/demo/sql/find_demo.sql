-- How far the demo is loaded.
-- in:  city_id; source
-- out: demo (is the city the fictional one); usulan of that source; first source_id, from which the seed is read
SELECT
    city.demo,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        WHERE
            usulan.city_id = city.city_id
            AND usulan.source = :source
    ) AS usulan,
    (
        SELECT MIN(usulan.source_id)
        FROM peta.usulan AS usulan
        WHERE
            usulan.city_id = city.city_id
            AND usulan.source = :source
    ) AS first_source_id
FROM peta.city AS city
WHERE city.city_id = :city_id
