-- Keeps the place that an usulan had before a step of its history, apart from it.
-- in:  city_id; usulan_id; sequence (of the step); place (JSON object of columns; shapes as GeoJSON)
-- out: nothing
INSERT INTO peta.former_place (city_id, usulan_id, sequence, place)
VALUES (:city_id, :usulan_id, :sequence, CAST(:place AS jsonb))
