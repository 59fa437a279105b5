-- The lowest area that a point belongs to and what is doubtful about it: the twin of spatial/assign.py for points.
-- in:  city_id, edition_id; longitude, latitude (degrees, EPSG:4326, finite);
--      metric_srid (EPSG code of the edition's UTM zone); accuracy_m (metres or NULL); declared (area code or NULL)
-- out: code, level, edge_distance_m (metres), perkiraan, dekat_batas, akurasi_rendah, beda_deklarasi, tanpa_rt (booleans);
--      areas (JSON: level, code, name of the area and all above it, from kota down); no row when the point is outside every area
WITH RECURSIVE place AS MATERIALIZED (
    SELECT
        ST_SetSRID(
            ST_MakePoint(CAST(:longitude AS double precision), CAST(:latitude AS double precision)),
            4326
        ) AS position,
        -- a box of at least 30 m to each side, so that the index finds every leaf within reach
        0.0003 AS reach_north,
        0.0003 / GREATEST(COS(RADIANS(CAST(:latitude AS double precision))), 0.01) AS reach_east,
        CAST(:accuracy_m AS double precision) AS accuracy_m,
        CAST(:declared AS text) AS declared
),

-- step 1
-- ST_Relate and not ST_Covers: for a point the latter takes the side of an edge in plain floating point
-- and so sees a few in a million places beside a slanting border as on it, where GEOS, here and in
-- Shapely, is exact.
covering_leaf AS MATERIALIZED (
    SELECT leaf.code
    FROM place
    INNER JOIN map.area AS leaf ON leaf.geom && place.position
    WHERE
        leaf.city_id = CAST(:city_id AS integer)
        AND leaf.edition_id = CAST(:edition_id AS integer)
        AND leaf.is_leaf
        AND NOT ST_Relate(leaf.geom, place.position, 'FF*FF****')
    ORDER BY leaf.code COLLATE "C"
    LIMIT 1
),

-- step 3; the large areas are looked at only where no leaf holds the point
lowest_covering AS MATERIALIZED (
    SELECT area.code
    FROM place
    INNER JOIN map.area AS area ON area.geom && place.position
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
        AND NOT area.is_leaf
        AND NOT EXISTS (SELECT 1 FROM covering_leaf)
        AND NOT ST_Relate(area.geom, place.position, 'FF*FF****')
    ORDER BY
        ARRAY_POSITION(ARRAY['kota', 'kecamatan', 'kelurahan', 'rw', 'rt'], area.level) DESC,
        area.code COLLATE "C"
    LIMIT 1
),

-- step 2
near AS MATERIALIZED (
    SELECT
        leaf.code,
        leaf.parent_code,
        ST_Distance(
            ST_Transform(leaf.geom, CAST(:metric_srid AS integer)),
            ST_Transform(place.position, CAST(:metric_srid AS integer))
        ) AS distance_m
    FROM place
    INNER JOIN
        map.area AS leaf
        ON leaf.geom && ST_Expand(place.position, place.reach_east, place.reach_north)
    WHERE
        leaf.city_id = CAST(:city_id AS integer)
        AND leaf.edition_id = CAST(:edition_id AS integer)
        AND leaf.is_leaf
        AND NOT EXISTS (SELECT 1 FROM covering_leaf)
),

ancestry AS (
    SELECT
        near.code,
        near.parent_code AS ancestor_code
    FROM near
    UNION ALL
    SELECT
        ancestry.code,
        area.parent_code AS ancestor_code
    FROM ancestry
    INNER JOIN map.area AS area ON ancestry.ancestor_code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
),

reachable AS MATERIALIZED (
    SELECT
        near.code,
        near.distance_m
    FROM near
    WHERE
        near.distance_m <= 30
        AND (
            NOT EXISTS (SELECT 1 FROM lowest_covering)
            OR EXISTS (
                SELECT 1
                FROM ancestry
                INNER JOIN lowest_covering ON ancestry.ancestor_code = lowest_covering.code
                WHERE ancestry.code = near.code
            )
        )
),

nearest_leaf AS (
    SELECT reachable.code
    FROM reachable
    WHERE
        reachable.distance_m
        <= (SELECT MIN(closest.distance_m) FROM reachable AS closest) + 0.000001
    ORDER BY reachable.code COLLATE "C"
    LIMIT 1
),

chosen AS MATERIALIZED (
    SELECT
        steps.code,
        steps.step
    FROM (
        SELECT
            covering_leaf.code,
            1 AS step
        FROM covering_leaf
        UNION ALL
        SELECT
            nearest_leaf.code,
            2 AS step
        FROM nearest_leaf
        UNION ALL
        SELECT
            lowest_covering.code,
            3 AS step
        FROM lowest_covering
    ) AS steps
    ORDER BY steps.step
    LIMIT 1
),

chain AS (
    SELECT
        area.level,
        area.code,
        area.name,
        area.parent_code
    FROM chosen
    INNER JOIN map.area AS area ON chosen.code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
    UNION ALL
    SELECT
        area.level,
        area.code,
        area.name,
        area.parent_code
    FROM chain
    INNER JOIN map.area AS area ON chain.parent_code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
),

edge AS (
    SELECT
        area.code,
        area.level,
        chosen.step,
        ST_Distance(
            ST_Boundary(ST_Transform(area.geom, CAST(:metric_srid AS integer))),
            ST_Transform(place.position, CAST(:metric_srid AS integer))
        ) AS edge_distance_m
    FROM chosen
    CROSS JOIN place
    INNER JOIN map.area AS area ON chosen.code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
)

SELECT
    edge.code,
    edge.level,
    edge.edge_distance_m,
    edge.step = 2 AS perkiraan,
    edge.edge_distance_m < GREATEST(place.accuracy_m, 5) AS dekat_batas,
    COALESCE(place.accuracy_m > 50, FALSE) AS akurasi_rendah,
    place.declared IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM chain
        WHERE chain.code = place.declared
    ) AS beda_deklarasi,
    edge.level <> 'rt' AS tanpa_rt,
    (
        SELECT
            JSON_AGG(
                JSON_BUILD_OBJECT('level', chain.level, 'code', chain.code, 'name', chain.name)
                ORDER BY ARRAY_POSITION(ARRAY['kota', 'kecamatan', 'kelurahan', 'rw', 'rt'], chain.level)
            )
        FROM chain
    ) AS areas
FROM edge
CROSS JOIN place
