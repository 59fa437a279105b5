-- Makes one edition the active one; no other may be at that moment.
-- in:  city_id; edition_id
-- out: nothing
UPDATE peta.boundary_edition AS edition
SET active = TRUE
WHERE
    edition.city_id = :city_id
    AND edition.edition_id = :edition_id
