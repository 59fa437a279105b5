-- Vector tile of the areas of one level: layer "areas" with code, name, level; numbers travel apart, in the statistics.
-- in:  city_id, edition_id; level (kota | kecamatan | kelurahan | rw | rt); z, x, y (tile address); outline (which copy of the borders)
-- out: tile (bytea; empty, zero bytes long, when no area shows in the tile)
-- Extent 4096 without buffer. Neighbours snap their common vertices to the same grid points and so keep a common border.
-- The copies of a level are made together; where there are none, the borders themselves are shown.
-- Materialized, so that each shape is cut once: the condition on it would have it cut again.
WITH envelope AS MATERIALIZED (
    SELECT ST_TileEnvelope(CAST(:z AS integer), CAST(:x AS integer), CAST(:y AS integer)) AS box_3857
),

shown AS MATERIALIZED (
    SELECT
        area.code,
        area.name,
        area.level,
        ST_AsMVTGeom(
            CASE WHEN outline.code IS NULL THEN ST_Transform(area.geom, 3857) ELSE outline.geom END, envelope.box_3857, 4096, 0, TRUE
        ) AS geom
    FROM envelope
    INNER JOIN map.area AS area ON area.geom && ST_Transform(envelope.box_3857, 4326)
    LEFT JOIN map.outline AS outline
        ON
            area.city_id = outline.city_id
            AND area.edition_id = outline.edition_id
            AND area.code = outline.code
            AND outline.zoom = CAST(:outline AS integer)
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
        AND area.level = CAST(:level AS text)
    ORDER BY area.code COLLATE "C"
)

SELECT COALESCE(ST_AsMVT(shown, 'areas', 4096, 'geom'), '') AS tile
FROM shown
WHERE shown.geom IS NOT NULL
