-- One boundary edition of a city by its name, or the active one.
-- in:  city_id; name (null: the active one)
-- out: edition_id, name; no row when there is none
SELECT
    edition.edition_id,
    edition.name
FROM peta.boundary_edition AS edition
WHERE
    edition.city_id = :city_id
    AND COALESCE(edition.name = CAST(:name AS text), edition.active)
