-- Borders of areas for the tiles of a zoom, in web-mercator metres; they follow from map.area, which is public.
-- in:  peta.outline
-- out: view map.outline
CREATE VIEW map.outline AS
SELECT
    outline.city_id,
    outline.edition_id,
    outline.code,
    outline.zoom,
    outline.geom
FROM peta.outline AS outline;
