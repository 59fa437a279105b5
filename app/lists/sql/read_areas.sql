-- The areas of a city's active edition, for placing.
-- in:  city_id
-- out: edition_id, metric_srid, code, level, parent_code, name, geom (WKB)
SELECT
    edition.edition_id,
    edition.metric_srid,
    area.code,
    area.level,
    area.parent_code,
    area.name,
    ST_AsBinary(area.geom) AS geom
FROM peta.boundary_edition AS edition
INNER JOIN peta.area AS area
    ON
        edition.city_id = area.city_id
        AND edition.edition_id = area.edition_id
WHERE
    edition.city_id = :city_id
    AND edition.active
ORDER BY area.code
