-- Writes the copies of some areas for one zoom, in place of those that were there.
-- in:  city_id; edition_id; zoom; codes, shapes (arrays of one length; shapes as EWKB)
-- out: nothing
INSERT INTO peta.outline AS outline (city_id, edition_id, code, zoom, geom)
SELECT
    :city_id,
    :edition_id,
    drawn.code,
    :zoom,
    CAST(drawn.shape AS geometry)
FROM UNNEST(CAST(:codes AS text[]), CAST(:shapes AS bytea[])) AS drawn (code, shape)
ON CONFLICT (city_id, edition_id, code, zoom) DO UPDATE
    SET geom = excluded.geom
