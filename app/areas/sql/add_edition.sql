-- A new boundary edition, numbered after the last; the first one of a city is active at once.
-- in:  city_id; name; valid_from, valid_to (dates or null); source; licence; status; metric_srid
-- out: edition_id, active, metric_srid
INSERT INTO peta.boundary_edition (
    city_id,
    edition_id,
    name,
    valid_from,
    valid_to,
    source,
    licence,
    status,
    active,
    metric_srid
)
SELECT
    :city_id,
    COALESCE(MAX(edition.edition_id), 0) + 1,
    :name,
    :valid_from,
    :valid_to,
    :source,
    :licence,
    :status,
    COUNT(edition.edition_id) FILTER (WHERE edition.active) = 0,
    :metric_srid
FROM peta.boundary_edition AS edition
WHERE edition.city_id = :city_id
RETURNING edition_id, active, metric_srid
