-- Whose work the maps of a city are: boundaries by edition and level, the reference map by kind.
-- in:  peta.map_source
-- out: view map.source (edition_id is 0 for the reference map, which has no editions)
CREATE VIEW map.source AS
SELECT
    map_source.city_id,
    map_source.edition_id,
    map_source.layer,
    map_source.source,
    map_source.licence
FROM peta.map_source AS map_source;
