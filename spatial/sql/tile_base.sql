-- Vector tile of the reference map: layer "base" with kind, subkind, name; small things join as the map comes closer.
-- in:  city_id; z, x, y (tile address)
-- out: tile (bytea; empty, zero bytes long, when nothing shows in the tile)
-- Extent 4096 without buffer. Streets from zoom 13, landmarks from 14, lanes from 15; an unnamed subkind shows at every zoom.
-- Materialized, so that each shape is cut once: the condition on it would have it cut again.
WITH envelope AS MATERIALIZED (
    SELECT ST_TileEnvelope(CAST(:z AS integer), CAST(:x AS integer), CAST(:y AS integer)) AS box_3857
),

shown AS MATERIALIZED (
    SELECT
        feature.kind,
        feature.subkind,
        feature.name,
        ST_AsMVTGeom(ST_Transform(feature.geom, 3857), envelope.box_3857, 4096, 0, TRUE) AS geom
    FROM envelope
    INNER JOIN map.base AS feature ON feature.geom && ST_Transform(envelope.box_3857, 4326)
    WHERE
        feature.city_id = CAST(:city_id AS integer)
        AND CAST(:z AS integer)
        >= CASE
            WHEN feature.kind = 'landmark' THEN 14
            WHEN feature.subkind = 'lane' THEN 15
            WHEN feature.subkind = 'street' THEN 13
            ELSE 0
        END
    ORDER BY feature.kind, feature.feature_id
)

SELECT COALESCE(ST_AsMVT(shown, 'base', 4096, 'geom'), '') AS tile
FROM shown
WHERE shown.geom IS NOT NULL
