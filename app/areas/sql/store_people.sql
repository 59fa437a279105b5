-- Inhabitants and households of areas, many at once.
-- in:  city_id; edition_id; codes, populations and households, one entry per area
-- out: nothing
UPDATE peta.area AS area
SET
    population = told.population,
    households = told.households
FROM
    UNNEST(CAST(:codes AS text[]), CAST(:populations AS integer[]), CAST(:households AS integer[]))
        AS told (code, population, households)
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
    AND area.code = told.code
