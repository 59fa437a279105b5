-- How many usulan are placed in one edition.
-- in:  city_id; edition_id
-- out: count
SELECT COUNT(*)
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.edition_id = :edition_id
