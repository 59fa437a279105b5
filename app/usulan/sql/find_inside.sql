-- Which of some usulan lie in a box of degrees, its edges included: the rule of `app.views.on_ground`.
-- in:  city_id; numbers; west, south, east, north
-- out: number
SELECT point.number
FROM map.point AS point
WHERE
    point.city_id = :city_id
    AND point.number = ANY(CAST(:numbers AS text[]))
    AND ST_INTERSECTS(point.position, ST_MAKEENVELOPE(:west, :south, :east, :north, 4326))
