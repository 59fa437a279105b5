-- Notes that areas of an edition have changed just now.
-- in:  city_id; edition_id
-- out: nothing
UPDATE peta.boundary_edition AS edition
SET loaded = NOW()
WHERE
    edition.city_id = :city_id
    AND edition.edition_id = :edition_id
