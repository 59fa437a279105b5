-- An area is a leaf when no area of its edition names it as parent.
-- in:  city_id; edition_id
-- out: nothing
UPDATE peta.area AS area
SET is_leaf = NOT area.is_leaf
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
    AND area.is_leaf = EXISTS (
        SELECT 1
        FROM peta.area AS child
        WHERE
            child.city_id = area.city_id
            AND child.edition_id = area.edition_id
            AND child.parent_code = area.code
    )
