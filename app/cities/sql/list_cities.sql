-- Every city with its active edition, and how many areas and usulan it has.
-- in:  nothing
-- out: code, name, edition (null when none is active), areas, usulan
SELECT
    city.code,
    city.name,
    edition.name AS edition,
    (
        SELECT COUNT(*)
        FROM peta.area AS area
        WHERE
            area.city_id = city.city_id
            AND area.edition_id = edition.edition_id
    ) AS areas,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        WHERE usulan.city_id = city.city_id
    ) AS usulan
FROM peta.city AS city
LEFT JOIN peta.boundary_edition AS edition
    ON
        city.city_id = edition.city_id
        AND edition.active
ORDER BY city.code
