-- The levels of an edition of which some area has no copy of its border for a zoom.
-- in:  city_id; edition_id; zooms (how many copies each area has)
-- out: level
SELECT DISTINCT area.level
FROM peta.area AS area
LEFT JOIN
    (
        SELECT
            outline.code,
            COUNT(*) AS zooms
        FROM peta.outline AS outline
        WHERE
            outline.city_id = :city_id
            AND outline.edition_id = :edition_id
        GROUP BY outline.code
    ) AS drawn
    ON area.code = drawn.code
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
    AND COALESCE(drawn.zooms, 0) <> :zooms
