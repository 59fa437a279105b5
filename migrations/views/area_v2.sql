-- Areas as the public reads them, none without something to call it by: one that was made from its parts, or came from a
-- file without names, is called by its level and code ("Kecamatan 33.72.05") until a file brings its name.
-- in:  peta.area, peta.boundary_edition; map.area of map_v1.sql, whose columns stay
-- out: view map.area
CREATE OR REPLACE VIEW map.area AS
SELECT
    area.city_id,
    area.edition_id,
    edition.active,
    area.code,
    area.level,
    area.parent_code,
    CASE
        WHEN area.name NOT IN ('', area.code) THEN area.name
        WHEN area.level IN ('rw', 'rt') THEN UPPER(area.level) || ' ' || area.code
        ELSE INITCAP(area.level) || ' ' || area.code
    END AS name,
    area.kind,
    area.geom,
    area.label_point,
    area.label_cell,
    area.is_leaf,
    area.population,
    area.households,
    area.area_m2 / 1000000 AS area_km2,
    area.status
FROM peta.area AS area
INNER JOIN peta.boundary_edition AS edition
    ON
        area.city_id = edition.city_id
        AND area.edition_id = edition.edition_id;
