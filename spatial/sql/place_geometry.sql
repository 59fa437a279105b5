-- The leaf area that holds most of a line or surface, and the share of each: the twin of spatial/assign.py for lines and surfaces.
-- in:  city_id, edition_id; shape (WKB, degrees, EPSG:4326, valid line or surface);
--      metric_srid (EPSG code of the edition's UTM zone); accuracy_m (metres or NULL); declared (area code or NULL)
-- out: one row: inside (share in any area, 0 to 1; below 0.499999 the shape is outside; 1 for one without size), code and level of the leaf with the largest share
--      (NULL when no leaf holds any of it: ask areas_at_point for the representative point of the part), shares ([{code, share}] by code or NULL),
--      part (WKB of what lies in areas; NULL where one area covers all of the shape, or none holds any),
--      edge_distance_m, dekat_batas, akurasi_rendah, beda_deklarasi, tanpa_rt (NULL without a code)
WITH RECURSIVE drawn AS MATERIALIZED (
    SELECT
        ST_GeomFromWKB(CAST(:shape AS bytea), 4326) AS shape,
        CAST(:accuracy_m AS double precision) AS accuracy_m,
        CAST(:declared AS text) AS declared,
        MOD(CAST(:metric_srid AS integer), 100) * 6 - 183 AS central_meridian
),

-- Lines are overlaid on a grid of 1.1 cm, so that one along a border lies on it for both neighbours; -1 means no grid.
-- A shape further than 20 degrees from the zone's middle cannot lie half inside a city, nor be projected.
whole AS MATERIALIZED (
    SELECT
        drawn.shape,
        ST_Dimension(drawn.shape) AS dimension,
        CASE ST_Dimension(drawn.shape) WHEN 1 THEN 0.0000001 ELSE -1 END AS grid
    FROM drawn
    WHERE
        ABS(ST_XMin(drawn.shape) - drawn.central_meridian) < 20
        AND ABS(ST_XMax(drawn.shape) - drawn.central_meridian) < 20
),

total AS MATERIALIZED (
    SELECT
        CASE whole.dimension
            WHEN 1
                THEN
                    ST_Length(
                        ST_Transform(
                            ST_UnaryUnion(whole.shape, whole.grid), CAST(:metric_srid AS integer)
                        )
                    )
            ELSE ST_Area(ST_Transform(whole.shape, CAST(:metric_srid AS integer)))
        END AS size
    FROM whole
),

piece AS MATERIALIZED (
    SELECT
        area.code,
        area.level,
        area.is_leaf,
        ST_Covers(area.geom, whole.shape) AS is_whole,
        ST_CollectionExtract(
            ST_Intersection(area.geom, whole.shape, whole.grid), whole.dimension + 1
        ) AS part
    FROM whole
    INNER JOIN map.area AS area ON area.geom && whole.shape
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
),

leaf_size AS (
    SELECT
        piece.code,
        piece.level,
        CASE ST_Dimension(piece.part)
            WHEN 1 THEN ST_Length(ST_Transform(piece.part, CAST(:metric_srid AS integer)))
            ELSE ST_Area(ST_Transform(piece.part, CAST(:metric_srid AS integer)))
        END AS size
    FROM piece
    WHERE piece.is_leaf
),

leaf_share AS MATERIALIZED (
    SELECT
        leaf_size.code,
        leaf_size.level,
        ROUND(CAST(leaf_size.size / NULLIF(total.size, 0) AS numeric), 9) AS share
    FROM leaf_size
    CROSS JOIN total
    WHERE ROUND(CAST(leaf_size.size / NULLIF(total.size, 0) AS numeric), 9) > 0
),

-- Stretches of a line that hang together are made one again.
joined AS MATERIALIZED (
    SELECT
        BOOL_OR(piece.is_whole) AS is_whole,
        CASE whole.dimension
            WHEN 1 THEN ST_LineMerge(ST_Union(piece.part, whole.grid))
            ELSE ST_Union(piece.part, whole.grid)
        END AS part
    FROM piece
    CROSS JOIN whole
    GROUP BY
        whole.dimension,
        whole.grid
),

inside AS (
    SELECT
        CASE ST_Dimension(joined.part)
            WHEN 1 THEN ST_Length(ST_Transform(joined.part, CAST(:metric_srid AS integer)))
            ELSE ST_Area(ST_Transform(joined.part, CAST(:metric_srid AS integer)))
        END / NULLIF(total.size, 0) AS share
    FROM joined
    CROSS JOIN total
),

-- Ranked to a millionth, since a projection stretches two equal halves unequally.
chosen AS MATERIALIZED (
    SELECT
        leaf_share.code,
        leaf_share.level
    FROM leaf_share
    ORDER BY ROUND(leaf_share.share, 6) DESC, leaf_share.code COLLATE "C"
    LIMIT 1
),

chain AS (
    SELECT chosen.code
    FROM chosen
    UNION ALL
    SELECT area.parent_code AS code
    FROM chain
    INNER JOIN map.area AS area ON chain.code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
        AND area.parent_code IS NOT NULL
),

edge AS (
    SELECT
        chosen.code,
        chosen.level,
        ST_Distance(
            ST_Boundary(ST_Transform(area.geom, CAST(:metric_srid AS integer))),
            ST_Transform(whole.shape, CAST(:metric_srid AS integer))
        ) AS edge_distance_m
    FROM chosen
    CROSS JOIN whole
    INNER JOIN map.area AS area ON chosen.code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
)

SELECT
    COALESCE(
        (
            SELECT 1 FROM total
            WHERE total.size = 0
        ),
        (SELECT ROUND(CAST(inside.share AS numeric), 9) FROM inside),
        0
    ) AS inside,
    edge.code,
    edge.level,
    (
        SELECT
            JSONB_AGG(
                JSONB_BUILD_OBJECT('code', leaf_share.code, 'share', leaf_share.share)
                ORDER BY leaf_share.code COLLATE "C"
            )
        FROM leaf_share
    ) AS shares,
    (
        SELECT ST_AsBinary(joined.part)
        FROM joined
        WHERE
            NOT joined.is_whole
            AND NOT ST_IsEmpty(joined.part)
    ) AS part,
    edge.edge_distance_m,
    edge.edge_distance_m < GREATEST(drawn.accuracy_m, 5) AS dekat_batas,
    COALESCE(drawn.accuracy_m > 50, FALSE) AS akurasi_rendah,
    drawn.declared IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM chain
        WHERE chain.code = drawn.declared
    ) AS beda_deklarasi,
    edge.level <> 'rt' AS tanpa_rt
FROM drawn
LEFT JOIN edge ON TRUE
