-- Every published usulan in columns of one width each, none null, for those who read a whole city.
-- Row by row it says what map.point says (map_v1.sql, map_v2.sql) and nothing more; but it is made set by set, in one pass, where
-- map.point looks up peers and later records for each row. Words come as hashes. Tests hold the two together. Second version: with the
-- instants by which lists are ordered.
-- in:  schema peta
-- out: view map.resident: number; cell, -1 without a position; subject, a hash of the category; progress, of status and stage; means, of
--      funding and channel; place, of the code at each level and the public area; standing (2 listed, 1 newest of its lineage, 3 both);
--      severity, 0 unknown; cost, -1 unknown; beneficiaries, 0 unknown; the public area, which others may have to be looked up by;
--      created and updated, of a private need the month
CREATE OR REPLACE VIEW map.resident WITH (security_barrier) AS
SELECT
    place.city_id,
    place.edition_id,
    place.public_area,
    CAST(place.number AS character(17)) AS number,
    COALESCE(place.cell, -1) AS cell,
    HASHTEXTEXTENDED(place.category, 0) AS subject,
    HASHTEXTEXTENDED(COALESCE(place.stage, ''), HASHTEXTEXTENDED(place.status, 0)) AS progress,
    HASHTEXTEXTENDED(place.channel, HASHTEXTEXTENDED(COALESCE(place.funding, ''), 0)) AS means,
    HASHTEXTEXTENDED(
        COALESCE(place.public_area, ''),
        HASHTEXTEXTENDED(
            COALESCE(place.rt, ''),
            HASHTEXTEXTENDED(
                COALESCE(place.rw, ''),
                HASHTEXTEXTENDED(
                    COALESCE(place.kelurahan, ''),
                    HASHTEXTEXTENDED(COALESCE(place.kecamatan, ''), HASHTEXTEXTENDED(COALESCE(place.kota, ''), 0))
                )
            )
        )
    ) AS place,
    place.year,
    CAST(
        CASE WHEN place.status IN ('draf', 'digabung', 'dibatalkan') THEN 0 ELSE 2 END
        + CASE WHEN later.sequence > place.sequence THEN 0 ELSE 1 END AS smallint
    ) AS standing,
    COALESCE(place.severity, CAST(0 AS smallint)) AS severity,
    COALESCE(place.estimated_cost, -1) AS cost,
    COALESCE(place.beneficiaries, 0) AS beneficiaries,
    place.supporters,
    place.created,
    place.updated
FROM (

    -- exact: where it is
    SELECT
        usulan.city_id,
        usulan.edition_id,
        usulan.number,
        usulan.category,
        usulan.status,
        usulan.stage,
        usulan.funding,
        usulan.channel,
        usulan.year,
        usulan.severity,
        usulan.estimated_cost,
        usulan.beneficiaries,
        usulan.supporters,
        usulan.lineage_id,
        usulan.sequence,
        usulan.cell,
        usulan.kota,
        usulan.kecamatan,
        usulan.kelurahan,
        usulan.rw,
        usulan.rt,
        usulan.area_code AS public_area,
        usulan.created,
        usulan.updated
    FROM peta.usulan AS usulan
    INNER JOIN peta.category AS category
        ON
            usulan.category = category.code
            AND category.precision = 'exact'
    WHERE usulan.published

    UNION ALL

    -- rw and count: the public area alone
    SELECT
        usulan.city_id,
        usulan.edition_id,
        usulan.number,
        usulan.category,
        usulan.status,
        usulan.stage,
        usulan.funding,
        usulan.channel,
        usulan.year,
        usulan.severity,
        usulan.estimated_cost,
        usulan.beneficiaries,
        usulan.supporters,
        usulan.lineage_id,
        usulan.sequence,
        CASE WHEN category.precision = 'rw' AND usulan.position IS NOT NULL THEN label.label_cell END AS cell,
        spot.kota,
        spot.kecamatan,
        spot.kelurahan,
        crowd.rw,
        CAST(NULL AS text) AS rt,
        shown.public_area,
        DATE_TRUNC('month', usulan.created, city.time_zone) AS created,
        DATE_TRUNC('month', usulan.updated, city.time_zone) AS updated
    FROM peta.usulan AS usulan
    INNER JOIN peta.category AS category
        ON
            usulan.category = category.code
            AND category.precision IN ('rw', 'count')
    INNER JOIN peta.city AS city ON usulan.city_id = city.city_id
    LEFT JOIN peta.other_place AS held
        ON
            usulan.city_id = held.city_id
            AND usulan.usulan_id = held.usulan_id
            AND usulan.edition_id = held.edition_id
    CROSS JOIN
        LATERAL (
            SELECT
                CASE WHEN held.edition_id IS NULL THEN usulan.kota ELSE held.kota END AS kota,
                CASE WHEN held.edition_id IS NULL THEN usulan.kecamatan ELSE held.kecamatan END AS kecamatan,
                CASE WHEN held.edition_id IS NULL THEN usulan.kelurahan ELSE held.kelurahan END AS kelurahan,
                CASE WHEN held.edition_id IS NULL THEN usulan.rw ELSE held.rw END AS rw
        ) AS spot
    -- RW of ten households or more with several of a category and year
    LEFT JOIN
        (
            SELECT
                peer.city_id,
                peer.edition_id,
                peer.rw,
                peer.category,
                peer.year
            FROM peta.usulan AS peer
            INNER JOIN peta.category AS private
                ON
                    peer.category = private.code
                    AND private.precision = 'rw'
            INNER JOIN peta.area AS room
                ON
                    peer.city_id = room.city_id
                    AND peer.edition_id = room.edition_id
                    AND peer.rw = room.code
                    AND room.households >= 10
            WHERE
                peer.published
                AND peer.status NOT IN ('draf', 'digabung', 'dibatalkan')
                AND NOT EXISTS (
                    SELECT 1
                    FROM peta.other_place AS held_peer
                    WHERE
                        held_peer.city_id = peer.city_id
                        AND held_peer.usulan_id = peer.usulan_id
                        AND held_peer.edition_id = peer.edition_id
                        AND held_peer.rw IS DISTINCT FROM peer.rw
                )
            GROUP BY peer.city_id, peer.edition_id, peer.rw, peer.category, peer.year
            HAVING COUNT(*) > 1
        ) AS crowd
        ON
            usulan.city_id = crowd.city_id
            AND usulan.edition_id = crowd.edition_id
            AND usulan.category = crowd.category
            AND usulan.year = crowd.year
            AND spot.rw = crowd.rw
    CROSS JOIN
        LATERAL (
            SELECT COALESCE(crowd.rw, spot.kelurahan, spot.kecamatan, spot.kota) AS public_area
        ) AS shown
    LEFT JOIN peta.area AS label
        ON
            usulan.city_id = label.city_id
            AND usulan.edition_id = label.edition_id
            AND shown.public_area = label.code
    WHERE
        usulan.published
        AND (label.code IS NOT NULL OR category.precision = 'count')
) AS place
LEFT JOIN
    (
        SELECT
            record.city_id,
            record.lineage_id,
            MAX(record.sequence) AS sequence
        FROM peta.usulan AS record
        WHERE
            record.sequence > 0
            AND record.published
            AND record.status NOT IN ('draf', 'digabung', 'dibatalkan')
        GROUP BY record.city_id, record.lineage_id
    ) AS later
    ON
        place.city_id = later.city_id
        AND place.lineage_id = later.lineage_id;
