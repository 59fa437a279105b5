-- The box around a city's active boundaries.
-- in:  city_id
-- out: west, south, east, north (degrees, EPSG:4326); nulls when nothing is active
SELECT
    ST_XMin(ST_Extent(area.geom)) AS west,
    ST_YMin(ST_Extent(area.geom)) AS south,
    ST_XMax(ST_Extent(area.geom)) AS east,
    ST_YMax(ST_Extent(area.geom)) AS north
FROM peta.area AS area
INNER JOIN peta.boundary_edition AS edition
    ON
        area.city_id = edition.city_id
        AND area.edition_id = edition.edition_id
WHERE
    area.city_id = :city_id
    AND area.level = 'kota'
    AND edition.active
