-- The same as find_words.sql among some usulan.
-- in:  city_id; pattern; among, numbers
-- out: numbers, of 17 characters each, one after the other; null for none
SELECT STRING_AGG(point.number, '') AS numbers
FROM map.point AS point
WHERE
    point.city_id = :city_id
    AND point.precision = 'exact'
    AND point.number = ANY(CAST(:among AS text[]))
    AND (point.title ILIKE :pattern OR point.problem ILIKE :pattern)
