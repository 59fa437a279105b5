-- Forgets whose work a layer was, whose features were all replaced.
-- in:  city_id; edition_id (0: the reference map); layer
-- out: nothing
DELETE FROM peta.map_source AS known
WHERE
    known.city_id = :city_id
    AND known.edition_id = :edition_id
    AND known.layer = :layer
