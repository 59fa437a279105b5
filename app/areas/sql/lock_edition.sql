-- Makes a second loader of the same edition wait, and notes that its areas have changed.
-- in:  city_id; edition_id
-- out: nothing
UPDATE peta.boundary_edition AS edition
SET loaded = NOW()
WHERE
    edition.city_id = :city_id
    AND edition.edition_id = :edition_id
