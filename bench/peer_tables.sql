-- What the peers serve, as plain tables indexed as their manuals say: every published usulan with a position, of these the
-- default set (each need once, by its newest record), and the RT.
-- in:  the views of schema map
-- out: tables bench.every, bench.point, bench.area, and bench.border: the same RT as tiles need them
CREATE SCHEMA bench;
CREATE TABLE bench.every AS
SELECT
    number,
    title,
    problem,
    category,
    group_code,
    status,
    stage,
    year,
    channel,
    severity,
    volume,
    unit,
    estimated_cost,
    beneficiaries,
    supporters,
    funding,
    public_area,
    rt,
    kelurahan,
    precision,
    created,
    updated,
    cell,
    listed AND newest AS is_default,
    CAST(position AS geometry (Point, 4326)) AS geom
FROM map.point
WHERE city_id = 9971 AND position IS NOT NULL
ORDER BY cell;
ALTER TABLE bench.every ADD PRIMARY KEY (number);
CREATE INDEX ON bench.every USING gist (geom);
CREATE TABLE bench.point AS
SELECT * FROM bench.every
WHERE is_default
ORDER BY cell;
ALTER TABLE bench.point ADD PRIMARY KEY (number);
CREATE INDEX ON bench.point USING gist (geom);
CREATE TABLE bench.area AS
SELECT
    code,
    name,
    CAST(ST_Multi(geom) AS geometry (MultiPolygon, 4326)) AS geom
FROM map.area
WHERE city_id = 9971 AND active AND level = 'rt';
ALTER TABLE bench.area ADD PRIMARY KEY (code);
CREATE INDEX ON bench.area USING gist (geom);
CREATE TABLE bench.border AS
SELECT
    code,
    CAST(ST_Transform(geom, 3857) AS geometry (MultiPolygon, 3857)) AS geom
FROM bench.area;
ALTER TABLE bench.border ADD PRIMARY KEY (code);
CREATE INDEX ON bench.border USING gist (geom);
