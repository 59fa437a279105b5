-- Names of areas of any editions of a city.
-- in:  city_id; editions and codes, one of each for every area asked for
-- out: edition_id, code, name
SELECT
    area.edition_id,
    area.code,
    area.name
FROM map.area AS area
INNER JOIN
    UNNEST(CAST(:editions AS integer[]), CAST(:codes AS text[])) AS wanted (edition_id, code)
    ON
        area.edition_id = wanted.edition_id
        AND area.code = wanted.code
WHERE area.city_id = :city_id
