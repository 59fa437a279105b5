-- Takes the active mark from whichever edition has it.
-- in:  city_id
-- out: nothing
UPDATE peta.boundary_edition AS edition
SET active = FALSE
WHERE
    edition.city_id = :city_id
    AND edition.active
