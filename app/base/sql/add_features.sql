-- Adds the features that are not there yet.
-- in:  city_id; kind; feature_ids, subkinds, names, shapes (arrays of one length; shapes as EWKB in hexadecimal)
-- out: as many rows as were added
INSERT INTO peta.base_feature (city_id, feature_id, kind, subkind, name, geom)
SELECT
    :city_id,
    feature.feature_id,
    :kind,
    feature.subkind,
    feature.name,
    CAST(feature.shape AS geometry)
FROM
    UNNEST(
        CAST(:feature_ids AS uuid[]),
        CAST(:subkinds AS text[]),
        CAST(:names AS text[]),
        CAST(:shapes AS text[])
    ) AS feature (feature_id, subkind, name, shape)
ON CONFLICT (city_id, feature_id) DO NOTHING
