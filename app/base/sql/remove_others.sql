-- Takes away the features of one kind that are not among the given.
-- in:  city_id; kind; feature_ids (uuid array)
-- out: as many rows as were removed
DELETE FROM peta.base_feature AS feature
WHERE
    feature.city_id = :city_id
    AND feature.kind = :kind
    AND feature.feature_id <> ALL(CAST(:feature_ids AS uuid[]))
