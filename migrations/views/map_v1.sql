-- The wall: everything the public may see, and nothing else. The role peta_public reads these views and no table.
-- in:  schema peta
-- out: views map.city, category, edition, area, base, usulan_place, point, event

CREATE VIEW map.city AS
SELECT
    city.city_id,
    city.code,
    city.name,
    city.time_zone,
    city.demo
FROM peta.city AS city;

CREATE VIEW map.category AS
SELECT
    category.code,
    category.group_code,
    category.ordinal,
    category.name,
    category.name_en,
    category.units,
    category.geometry,
    category.precision,
    category.synonyms
FROM peta.category AS category;

CREATE VIEW map.edition AS
SELECT
    edition.city_id,
    edition.edition_id,
    edition.name,
    edition.valid_from,
    edition.valid_to,
    edition.source,
    edition.licence,
    edition.status,
    edition.active,
    edition.metric_srid,
    edition.loaded
FROM peta.boundary_edition AS edition;

CREATE VIEW map.area AS
SELECT
    area.city_id,
    area.edition_id,
    edition.active,
    area.code,
    area.level,
    area.parent_code,
    area.name,
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

CREATE VIEW map.base AS
SELECT
    feature.city_id,
    feature.feature_id,
    feature.kind,
    feature.subkind,
    feature.name,
    feature.geom
FROM peta.base_feature AS feature;

-- Every published usulan with the one public area, the one public position and the words that its category's precision allows.
-- They depend on the data alone, never on a request: filtering and differencing meet the same place each time.
CREATE VIEW map.usulan_place AS

-- exact: its own words, its representative point and its lowest area
SELECT
    usulan.city_id,
    usulan.number,
    usulan.category,
    usulan.status,
    usulan.stage,
    usulan.year,
    usulan.channel,
    usulan.funding,
    usulan.severity,
    usulan.volume,
    usulan.unit,
    usulan.estimated_cost,
    usulan.beneficiaries,
    usulan.supporters,
    usulan.edition_id,
    usulan.kota,
    category.group_code,
    category.precision,
    usulan.position,
    usulan.cell,
    usulan.geom AS shape,
    usulan.area_code AS public_area,
    usulan.kecamatan,
    usulan.kelurahan,
    usulan.rw,
    usulan.rt,
    usulan.title,
    usulan.problem,
    usulan.address,
    usulan.landmark,
    usulan.created,
    usulan.updated,
    usulan.lineage_id,
    usulan.sequence
FROM peta.usulan AS usulan
INNER JOIN peta.category AS category
    ON
        usulan.category = category.code
        AND category.precision = 'exact'
WHERE usulan.published

UNION ALL

-- rw: the label point of its RW; of its kelurahan where the RW is missing, has fewer than ten households
-- (or an unknown number), or holds a single listed usulan of that category and year
SELECT
    usulan.city_id,
    usulan.number,
    usulan.category,
    usulan.status,
    usulan.stage,
    usulan.year,
    usulan.channel,
    usulan.funding,
    usulan.severity,
    usulan.volume,
    usulan.unit,
    usulan.estimated_cost,
    usulan.beneficiaries,
    usulan.supporters,
    usulan.edition_id,
    usulan.kota,
    category.group_code,
    category.precision,
    CASE WHEN usulan.position IS NOT NULL THEN public_area.label_point END AS position,
    CASE WHEN usulan.position IS NOT NULL THEN public_area.label_cell END AS cell,
    CAST(NULL AS geometry) AS shape,
    public_area.code AS public_area,
    usulan.kecamatan,
    usulan.kelurahan,
    crowd.rw,
    CAST(NULL AS text) AS rt,
    category.name AS title,
    CAST(NULL AS text) AS problem,
    CAST(NULL AS text) AS address,
    CAST(NULL AS text) AS landmark,
    DATE_TRUNC('month', usulan.created, city.time_zone) AS created,
    DATE_TRUNC('month', usulan.updated, city.time_zone) AS updated,
    usulan.lineage_id,
    usulan.sequence
FROM peta.usulan AS usulan
INNER JOIN peta.category AS category
    ON
        usulan.category = category.code
        AND category.precision = 'rw'
INNER JOIN peta.city AS city ON usulan.city_id = city.city_id
LEFT JOIN peta.area AS rw_area
    ON
        usulan.city_id = rw_area.city_id
        AND usulan.edition_id = rw_area.edition_id
        AND usulan.rw = rw_area.code
CROSS JOIN
    LATERAL (
        SELECT
            CASE
                WHEN
                    rw_area.households >= 10
                    AND EXISTS (
                        SELECT 1
                        FROM peta.usulan AS peer
                        WHERE
                            peer.city_id = usulan.city_id
                            AND peer.rw = usulan.rw
                            AND peer.category = usulan.category
                            AND peer.year = usulan.year
                            AND peer.published
                            AND peer.status NOT IN ('draf', 'digabung', 'dibatalkan')
                        OFFSET 1
                    )
                    THEN usulan.rw
            END AS rw
        -- LIMIT keeps the look-up from being pulled up into the join below, where it would run once per area
        ORDER BY rw
        LIMIT 1
    ) AS crowd
INNER JOIN peta.area AS public_area
    ON
        usulan.city_id = public_area.city_id
        AND usulan.edition_id = public_area.edition_id
        AND COALESCE(crowd.rw, usulan.kelurahan, usulan.kecamatan, usulan.kota) = public_area.code
WHERE usulan.published

UNION ALL

-- count: no position; its public area is the kelurahan
SELECT
    usulan.city_id,
    usulan.number,
    usulan.category,
    usulan.status,
    usulan.stage,
    usulan.year,
    usulan.channel,
    usulan.funding,
    usulan.severity,
    usulan.volume,
    usulan.unit,
    usulan.estimated_cost,
    usulan.beneficiaries,
    usulan.supporters,
    usulan.edition_id,
    usulan.kota,
    category.group_code,
    category.precision,
    CAST(NULL AS geometry) AS position,
    CAST(NULL AS bigint) AS cell,
    CAST(NULL AS geometry) AS shape,
    COALESCE(usulan.kelurahan, usulan.kecamatan, usulan.kota) AS public_area,
    usulan.kecamatan,
    usulan.kelurahan,
    CAST(NULL AS text) AS rw,
    CAST(NULL AS text) AS rt,
    category.name AS title,
    CAST(NULL AS text) AS problem,
    CAST(NULL AS text) AS address,
    CAST(NULL AS text) AS landmark,
    DATE_TRUNC('month', usulan.created, city.time_zone) AS created,
    DATE_TRUNC('month', usulan.updated, city.time_zone) AS updated,
    usulan.lineage_id,
    usulan.sequence
FROM peta.usulan AS usulan
INNER JOIN peta.category AS category
    ON
        usulan.category = category.code
        AND category.precision = 'count'
INNER JOIN peta.city AS city ON usulan.city_id = city.city_id
WHERE usulan.published;

-- What lists, tiles, totals and exports read. `listed` leaves out drafts, merged and withdrawn ones;
-- `newest` is false where a later listed record continues the same usulan.
-- A barrier: without it a condition that raises an error would be tried on rows before their precision is known, and the
-- error's text would tell what the view withholds.
CREATE VIEW map.point WITH (security_barrier) AS
SELECT
    place.city_id,
    place.number,
    place.category,
    place.status,
    place.stage,
    place.year,
    place.channel,
    place.funding,
    place.severity,
    place.volume,
    place.unit,
    place.estimated_cost,
    place.beneficiaries,
    place.supporters,
    place.edition_id,
    place.kota,
    place.group_code,
    place.precision,
    place.position,
    place.cell,
    place.shape,
    place.public_area,
    place.kecamatan,
    place.kelurahan,
    place.rw,
    place.rt,
    place.title,
    place.problem,
    place.address,
    place.landmark,
    place.created,
    place.updated,
    place.status NOT IN ('draf', 'digabung', 'dibatalkan') AS listed,
    -- A look-up per row, because a join on all later records is repeated for every row as soon as the planner expects few rows.
    NOT EXISTS (
        SELECT 1
        FROM peta.usulan AS later
        WHERE
            later.city_id = place.city_id
            AND later.lineage_id = place.lineage_id
            AND later.sequence > 0
            AND later.sequence > place.sequence
            AND later.published
            AND later.status NOT IN ('draf', 'digabung', 'dibatalkan')
    ) AS newest
FROM map.usulan_place AS place;


-- The public history: role and area of the actor, never a name; private needs by month, without words, no finer than the kelurahan.
CREATE VIEW map.event WITH (security_barrier) AS
SELECT
    event.city_id,
    usulan.number,
    event.sequence,
    event.kind,
    event.from_status,
    event.to_status,
    event.stage,
    event.actor_role,
    event.reason_code,
    event.previous,
    event.hash,
    CASE
        WHEN category.precision = 'exact' THEN event.at
        ELSE DATE_TRUNC('month', event.at, city.time_zone)
    END AS at,
    CASE
        WHEN category.precision = 'exact' THEN event.actor_area
        ELSE SPLIT_PART(event.actor_area, '-', 1)
    END AS actor_area,
    CASE WHEN category.precision = 'exact' THEN event.reason END AS reason
FROM peta.usulan_event AS event
INNER JOIN peta.usulan AS usulan
    ON
        event.city_id = usulan.city_id
        AND event.usulan_id = usulan.usulan_id
INNER JOIN peta.category AS category ON usulan.category = category.code
INNER JOIN peta.city AS city ON event.city_id = city.city_id
WHERE usulan.published;
