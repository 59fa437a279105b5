-- Places of a city whose names hold all the words: areas down to kelurahan, and features of the reference map.
-- in:  city_id; patterns (text array for ILIKE, escaped); beginning (one such pattern); most (integer)
-- out: kind, subkind, name, code (null unless an area), longitude, latitude, west, south, east, north (degrees),
--      area_level, area_code, area_name (the kelurahan there; of a kelurahan its kecamatan; null outside of all and
--      for larger areas); best first
-- A street stands in a file as many pieces: pieces of one name within some 500 m of each other are one place.
WITH piece AS (
    SELECT
        feature.kind,
        feature.subkind,
        feature.name,
        feature.geom,
        ST_ClusterDBSCAN(feature.geom, 0.005, 1)
            OVER (PARTITION BY feature.kind, LOWER(feature.name))
            AS together
    FROM map.base AS feature
    WHERE
        feature.city_id = CAST(:city_id AS integer)
        AND feature.name ILIKE ALL(CAST(:patterns AS text[]))
),

found AS (
    SELECT
        piece.kind,
        MIN(piece.subkind) AS subkind,
        MIN(piece.name) AS name,
        CAST(NULL AS text) AS code,
        (ARRAY_AGG(ST_PointOnSurface(piece.geom) ORDER BY ST_Length(piece.geom) DESC, piece.geom))[1] AS label,
        ST_Extent(piece.geom) AS box
    FROM piece
    GROUP BY piece.kind, LOWER(piece.name), piece.together
    UNION ALL
    SELECT
        'area' AS kind,
        area.level AS subkind,
        area.name,
        area.code,
        area.label_point AS label,
        BOX2D(area.geom) AS box
    FROM map.area AS area
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.active
        AND area.level IN ('kota', 'kecamatan', 'kelurahan')
        AND area.name ILIKE ALL(CAST(:patterns AS text[]))
),

best AS (
    SELECT
        found.kind,
        found.subkind,
        found.name,
        found.code,
        found.label,
        found.box,
        ROW_NUMBER() OVER (
            ORDER BY
                found.name ILIKE CAST(:beginning AS text) DESC,
                ARRAY_POSITION(ARRAY['area', 'landmark', 'road', 'river', 'rail'], found.kind),
                LENGTH(found.name),
                found.name COLLATE "C",
                found.label
        ) AS place
    FROM found
)

SELECT
    best.kind,
    best.subkind,
    best.name,
    best.code,
    ST_X(best.label) AS longitude,
    ST_Y(best.label) AS latitude,
    ST_XMin(best.box) AS west,
    ST_YMin(best.box) AS south,
    ST_XMax(best.box) AS east,
    ST_YMax(best.box) AS north,
    around.level AS area_level,
    around.code AS area_code,
    around.name AS area_name
FROM best
LEFT JOIN LATERAL (
    SELECT
        area.level,
        area.code,
        area.name
    FROM map.area AS area
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.active
        AND area.level = CASE
            WHEN best.kind <> 'area' THEN 'kelurahan'
            WHEN best.subkind = 'kelurahan' THEN 'kecamatan'
        END
        AND ST_Intersects(area.geom, best.label)
    ORDER BY area.code COLLATE "C"
    LIMIT 1
) AS around ON TRUE
WHERE best.place <= CAST(:most AS integer)
ORDER BY best.place
