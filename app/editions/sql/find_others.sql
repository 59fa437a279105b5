-- The other editions of a city in which an usulan was ever placed, and the active one.
-- in:  city_id; edition_id
-- out: name, active
SELECT
    edition.name,
    edition.active
FROM peta.boundary_edition AS edition
WHERE
    edition.city_id = :city_id
    AND edition.edition_id <> :edition_id
    AND (
        edition.active
        OR EXISTS (
            SELECT 1
            FROM peta.usulan AS usulan
            WHERE
                usulan.city_id = edition.city_id
                AND usulan.edition_id = edition.edition_id
        )
        OR EXISTS (
            SELECT 1
            FROM peta.other_place AS place
            WHERE
                place.city_id = edition.city_id
                AND place.edition_id = edition.edition_id
        )
    )
ORDER BY edition.edition_id
