-- The areas of a level as a zoom shows them, to be kept in memory; tile_areas.sql draws the same in the database.
-- in:  city_id; edition_id; level; outline (which copy of the borders)
-- out: code; name; shape (web-mercator metres); by ascending code. Where there is no copy, the border itself
SELECT
    area.code,
    area.name,
    ST_AsBinary(CASE WHEN outline.code IS NULL THEN ST_Transform(area.geom, 3857) ELSE outline.geom END) AS shape
FROM map.area AS area
LEFT JOIN map.outline AS outline
    ON
        area.city_id = outline.city_id
        AND area.edition_id = outline.edition_id
        AND area.code = outline.code
        AND outline.zoom = :outline
WHERE
    area.city_id = :city_id
    AND area.edition_id = :edition_id
    AND area.level = :level
ORDER BY area.code COLLATE "C"
