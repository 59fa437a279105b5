-- Second version of the wall: places under several editions. What is not here is as in map_v1.sql.
-- in:  schema peta; the views of map_v1.sql
-- out: views map.usulan_place (its columns unchanged), other_place, counterpart

-- Every published usulan with the one public area, the one public position and the words that its category's precision allows.
-- They depend on the data alone, never on a request: filtering and differencing meet the same place each time.
CREATE OR REPLACE VIEW map.usulan_place AS

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
-- (or an unknown number), or holds a single listed usulan of that category and year. One that boundaries have
-- changed under stands where `held` says, and counts as a peer only there.
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
    spot.kota,
    category.group_code,
    category.precision,
    CASE WHEN usulan.position IS NOT NULL THEN public_area.label_point END AS position,
    CASE WHEN usulan.position IS NOT NULL THEN public_area.label_cell END AS cell,
    CAST(NULL AS geometry) AS shape,
    public_area.code AS public_area,
    spot.kecamatan,
    spot.kelurahan,
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
LEFT JOIN
    LATERAL (
        SELECT
            place.edition_id,
            place.kota,
            place.kecamatan,
            place.kelurahan,
            place.rw
        FROM peta.other_place AS place
        WHERE
            place.city_id = usulan.city_id
            AND place.usulan_id = usulan.usulan_id
            AND place.edition_id = usulan.edition_id
        LIMIT 1
    ) AS held
    ON TRUE
CROSS JOIN
    LATERAL (
        SELECT
            CASE WHEN held.edition_id IS NULL THEN usulan.kota ELSE held.kota END AS kota,
            CASE WHEN held.edition_id IS NULL THEN usulan.kecamatan ELSE held.kecamatan END AS kecamatan,
            CASE WHEN held.edition_id IS NULL THEN usulan.kelurahan ELSE held.kelurahan END AS kelurahan,
            CASE WHEN held.edition_id IS NULL THEN usulan.rw ELSE held.rw END AS rw
    ) AS spot
CROSS JOIN
    LATERAL (
        SELECT
            CASE
                WHEN
                    (
                        SELECT rw_area.households
                        FROM peta.area AS rw_area
                        WHERE
                            rw_area.city_id = usulan.city_id
                            AND rw_area.edition_id = usulan.edition_id
                            AND rw_area.code = spot.rw
                    ) >= 10
                    AND EXISTS (
                        SELECT 1
                        FROM peta.usulan AS peer
                        WHERE
                            peer.city_id = usulan.city_id
                            AND peer.edition_id = usulan.edition_id
                            AND peer.rw = spot.rw
                            AND peer.category = usulan.category
                            AND peer.year = usulan.year
                            AND peer.published
                            AND peer.status NOT IN ('draf', 'digabung', 'dibatalkan')
                            AND NOT EXISTS (
                                SELECT 1
                                FROM peta.other_place AS held_peer
                                WHERE
                                    held_peer.city_id = peer.city_id
                                    AND held_peer.usulan_id = peer.usulan_id
                                    AND held_peer.edition_id = peer.edition_id
                                    AND held_peer.rw IS DISTINCT FROM spot.rw
                            )
                        OFFSET 1
                    )
                    THEN spot.rw
            END AS rw
        -- LIMIT, here and around, keeps a look-up from being pulled up into a join, where it would run once per area
        ORDER BY rw
        LIMIT 1
    ) AS crowd
CROSS JOIN
    LATERAL (
        SELECT
            area.code,
            area.label_point,
            area.label_cell
        FROM peta.area AS area
        WHERE
            area.city_id = usulan.city_id
            AND area.edition_id = usulan.edition_id
            AND area.code = COALESCE(crowd.rw, spot.kelurahan, spot.kecamatan, spot.kota)
        LIMIT 1
    ) AS public_area
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
    spot.kota,
    category.group_code,
    category.precision,
    CAST(NULL AS geometry) AS position,
    CAST(NULL AS bigint) AS cell,
    CAST(NULL AS geometry) AS shape,
    COALESCE(spot.kelurahan, spot.kecamatan, spot.kota) AS public_area,
    spot.kecamatan,
    spot.kelurahan,
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
LEFT JOIN
    LATERAL (
        SELECT
            place.edition_id,
            place.kota,
            place.kecamatan,
            place.kelurahan,
            place.rw
        FROM peta.other_place AS place
        WHERE
            place.city_id = usulan.city_id
            AND place.usulan_id = usulan.usulan_id
            AND place.edition_id = usulan.edition_id
        LIMIT 1
    ) AS held
    ON TRUE
CROSS JOIN
    LATERAL (
        SELECT
            CASE WHEN held.edition_id IS NULL THEN usulan.kota ELSE held.kota END AS kota,
            CASE WHEN held.edition_id IS NULL THEN usulan.kecamatan ELSE held.kecamatan END AS kecamatan,
            CASE WHEN held.edition_id IS NULL THEN usulan.kelurahan ELSE held.kelurahan END AS kelurahan,
            CASE WHEN held.edition_id IS NULL THEN usulan.rw ELSE held.rw END AS rw
    ) AS spot
WHERE usulan.published;

-- Where published usulan are counted under an edition that is not the one of their own row. Private needs no finer than
-- the kelurahan.
CREATE VIEW map.other_place WITH (security_barrier) AS
SELECT
    place.city_id,
    usulan.number,
    place.edition_id,
    place.kota,
    place.kecamatan,
    place.kelurahan,
    CASE WHEN category.precision = 'exact' THEN place.rw END AS rw,
    CASE WHEN category.precision = 'exact' THEN place.rt END AS rt
FROM peta.other_place AS place
INNER JOIN peta.usulan AS usulan
    ON
        place.city_id = usulan.city_id
        AND place.usulan_id = usulan.usulan_id
        AND place.edition_id <> usulan.edition_id
INNER JOIN peta.category AS category ON usulan.category = category.code
WHERE usulan.published;

-- Where another edition counts what is known by its area alone: it follows from the two maps, which are public.
CREATE VIEW map.counterpart AS
SELECT
    counterpart.city_id,
    counterpart.edition_id,
    counterpart.code,
    counterpart.other_edition_id,
    counterpart.kota,
    counterpart.kecamatan,
    counterpart.kelurahan,
    counterpart.rw,
    counterpart.rt
FROM peta.area_counterpart AS counterpart;
