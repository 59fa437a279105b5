-- How many usulan are placed in one edition, or counted under it.
-- in:  city_id; edition_id
-- out: count
SELECT
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        WHERE
            usulan.city_id = :city_id
            AND usulan.edition_id = :edition_id
    ) + (
        SELECT COUNT(*)
        FROM peta.other_place AS place
        WHERE
            place.city_id = :city_id
            AND place.edition_id = :edition_id
    ) AS placed
