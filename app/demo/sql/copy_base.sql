-- Base features at once.
-- in:  rows by COPY, columns as listed
-- out: nothing
COPY peta.base_feature (city_id, feature_id, kind, subkind, name, geom) FROM STDIN
