-- One boundary edition of a city by its name.
-- in:  city_id; name
-- out: edition_id, active, metric_srid; no row when there is none
SELECT
    edition.edition_id,
    edition.active,
    edition.metric_srid
FROM peta.boundary_edition AS edition
WHERE
    edition.city_id = :city_id
    AND edition.name = :name
