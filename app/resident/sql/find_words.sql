-- Public usulan of a city with words in the title or problem that they have of their own. What the public knows by its category
-- alone has none: it is found by the name of that (find_named_categories.sql).
-- in:  city_id; pattern, as LIKE takes it; case does not matter
-- out: numbers, of 17 characters each, one after the other; null for none
SELECT STRING_AGG(point.number, '') AS numbers
FROM map.point AS point
WHERE
    point.city_id = :city_id
    AND point.precision = 'exact'
    AND (point.title ILIKE :pattern OR point.problem ILIKE :pattern)
