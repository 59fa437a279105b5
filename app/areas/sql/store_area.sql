-- Writes one area; the same values again touch nothing.
-- in:  every column of peta.area but is_leaf; geom and label_point as EWKB
-- out: code, only when something was written
INSERT INTO peta.area AS area (
    city_id,
    edition_id,
    code,
    level,
    parent_code,
    name,
    kind,
    geom,
    label_point,
    label_cell,
    area_m2,
    population,
    households,
    status,
    is_leaf
)
VALUES (
    :city_id,
    :edition_id,
    :code,
    :level,
    :parent_code,
    :name,
    :kind,
    :geom,
    :label_point,
    :label_cell,
    :area_m2,
    :population,
    :households,
    :status,
    TRUE
)
ON CONFLICT (city_id, edition_id, code) DO UPDATE
    SET
        level = excluded.level,
        parent_code = excluded.parent_code,
        name = excluded.name,
        kind = excluded.kind,
        geom = excluded.geom,
        label_point = excluded.label_point,
        label_cell = excluded.label_cell,
        area_m2 = excluded.area_m2,
        population = COALESCE(excluded.population, area.population),
        households = COALESCE(excluded.households, area.households),
        status = excluded.status
    WHERE
    area.level <> excluded.level
    OR area.parent_code IS DISTINCT FROM excluded.parent_code
    OR area.name <> excluded.name
    OR area.kind IS DISTINCT FROM excluded.kind
    OR ST_AsBinary(area.geom) <> ST_AsBinary(excluded.geom)
    OR area.status <> excluded.status
    OR COALESCE(excluded.population, area.population) IS DISTINCT FROM area.population
    OR COALESCE(excluded.households, area.households) IS DISTINCT FROM area.households
RETURNING area.code
