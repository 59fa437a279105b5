-- The kelurahan nearest to a position that lies outside; without kelurahan, of the lowest level there is.
-- in:  city_id, edition_id; longitude, latitude (degrees, EPSG:4326, anywhere in the world)
-- out: level, code, name, distance_m (metres on the ellipsoid, 0 if it covers the position); no row without areas
WITH place AS MATERIALIZED (
    SELECT
        ST_SetSRID(
            ST_MakePoint(CAST(:longitude AS double precision), CAST(:latitude AS double precision)),
            4326
        ) AS position
),

announced AS MATERIALIZED (
    SELECT area.level
    FROM map.area AS area
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
    ORDER BY
        area.level = 'kelurahan' DESC,
        ARRAY_POSITION(ARRAY['kota', 'kecamatan', 'kelurahan', 'rw', 'rt'], area.level) DESC
    LIMIT 1
),

candidate AS MATERIALIZED (
    SELECT
        area.level,
        area.code,
        area.name,
        ST_Distance(
            CAST(ST_ClosestPoint(area.geom, place.position) AS geography),
            CAST(place.position AS geography)
        ) AS distance_m
    FROM place
    CROSS JOIN announced
    INNER JOIN map.area AS area ON announced.level = area.level
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
)

SELECT
    candidate.level,
    candidate.code,
    candidate.name,
    CAST(ROUND(CAST(candidate.distance_m AS numeric), 1) AS double precision) AS distance_m
FROM candidate
WHERE
    candidate.distance_m
    <= (SELECT MIN(closest.distance_m) FROM candidate AS closest) + 0.000001
ORDER BY candidate.code COLLATE "C"
LIMIT 1
