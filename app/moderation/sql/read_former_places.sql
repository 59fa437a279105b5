-- The places that an usulan had before steps of its history, oldest first.
-- in:  city_id; usulan_id
-- out: sequence (of the step); place (JSON object of columns; shapes as GeoJSON)
SELECT
    former.sequence,
    former.place
FROM peta.former_place AS former
WHERE
    former.city_id = :city_id
    AND former.usulan_id = :usulan_id
ORDER BY former.sequence
