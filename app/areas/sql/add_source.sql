-- Notes whose work a layer of a city's map is; the same source again may bring another licence.
-- in:  city_id; edition_id (0: the reference map); layer; source; licence
-- out: nothing
INSERT INTO peta.map_source AS known (city_id, edition_id, layer, source, licence)
VALUES (:city_id, :edition_id, :layer, :source, :licence)
ON CONFLICT (city_id, edition_id, layer, source) DO UPDATE
    SET licence = excluded.licence
    WHERE known.licence <> excluded.licence
