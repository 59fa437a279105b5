-- The level of an area in the active edition of its city.
-- in:  city_id; code
-- out: level, name
SELECT
    area.level,
    area.name
FROM peta.area AS area
INNER JOIN peta.boundary_edition AS edition
    ON
        area.city_id = edition.city_id
        AND area.edition_id = edition.edition_id
        AND edition.active
WHERE
    area.city_id = :city_id
    AND area.code = :code
