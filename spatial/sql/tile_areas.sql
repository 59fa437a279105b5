-- Vector tile of the areas of one level: layer "areas" with code, name, level; numbers travel apart, in the statistics.
-- in:  city_id, edition_id; level (kota | kecamatan | kelurahan | rw | rt); z, x, y (tile address)
-- out: tile (bytea; empty, zero bytes long, when no area shows in the tile)
-- Extent 4096 without buffer. Neighbours snap their common vertices to the same grid points and so keep a common border.
WITH envelope AS MATERIALIZED (
    SELECT ST_TileEnvelope(CAST(:z AS integer), CAST(:x AS integer), CAST(:y AS integer)) AS box_3857
),

shown AS (
    SELECT
        area.code,
        area.name,
        area.level,
        ST_AsMVTGeom(ST_Transform(area.geom, 3857), envelope.box_3857, 4096, 0, TRUE) AS geom
    FROM envelope
    INNER JOIN map.area AS area ON area.geom && ST_Transform(envelope.box_3857, 4326)
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
        AND area.level = CAST(:level AS text)
    ORDER BY area.code COLLATE "C"
)

SELECT COALESCE(ST_AsMVT(shown, 'areas', 4096, 'geom'), '') AS tile
FROM shown
WHERE shown.geom IS NOT NULL
