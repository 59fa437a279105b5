-- What areas of the active edition are called, with the area above each.
-- in:  city_id; codes (text array)
-- out: code, name, parent_name (null at the top)
SELECT
    area.code,
    area.name,
    above.name AS parent_name
FROM peta.area AS area
INNER JOIN peta.boundary_edition AS edition
    ON
        area.city_id = edition.city_id
        AND area.edition_id = edition.edition_id
        AND edition.active
LEFT JOIN peta.area AS above
    ON
        area.city_id = above.city_id
        AND area.edition_id = above.edition_id
        AND area.parent_code = above.code
WHERE
    area.city_id = :city_id
    AND area.code = ANY(CAST(:codes AS text[]))
