-- The same as find_inside of usulan at their own place: for them the view need not be searched for private needs.
-- in:  city_id; numbers; west, south, east, north
-- out: number
SELECT point.number
FROM map.point AS point
WHERE
    point.city_id = :city_id
    AND point.precision = 'exact'
    AND point.number = ANY(CAST(:numbers AS text[]))
    AND ST_INTERSECTS(point.position, ST_MAKEENVELOPE(:west, :south, :east, :north, 4326))
