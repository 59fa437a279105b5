-- Whose public rows a transaction may have changed: the usulan it wrote, and those that follow from them.
-- in:  peta.change, usulan, category, other_place
-- out: view map.change (number is null where everything of the city may have changed; one that is not published, or no longer,
--      has no row in the other views)
CREATE OR REPLACE VIEW map.change AS

-- what was written
SELECT
    change.city_id,
    change.txid,
    usulan.number
FROM peta.change AS change
INNER JOIN peta.usulan AS usulan
    ON
        change.city_id = usulan.city_id
        AND change.usulan_id = usulan.usulan_id

UNION ALL

-- everything
SELECT
    change.city_id,
    change.txid,
    CAST(NULL AS text) AS number
FROM peta.change AS change
WHERE change.usulan_id = '00000000-0000-0000-0000-000000000000'

UNION ALL

-- private needs of the same category and year in the same RW: whether one of them is alone decides where all of them stand
-- (only what is published has a public row; listed and not, because there is an index of each; the rooms of what is no private
-- need are none, so that nobody looks for its neighbours)
SELECT
    change.city_id,
    change.txid,
    peer.number
FROM peta.change AS change
INNER JOIN peta.usulan AS usulan
    ON
        change.city_id = usulan.city_id
        AND change.usulan_id = usulan.usulan_id
CROSS JOIN
    LATERAL (
        SELECT usulan.rw
        FROM peta.category AS category
        WHERE
            category.code = usulan.category
            AND category.precision = 'rw'
        UNION
        SELECT held.rw
        FROM peta.category AS category
        INNER JOIN peta.other_place AS held
            ON
                usulan.city_id = held.city_id
                AND usulan.usulan_id = held.usulan_id
                AND usulan.edition_id = held.edition_id
        WHERE
            category.code = usulan.category
            AND category.precision = 'rw'
    ) AS room
CROSS JOIN
    LATERAL (
        SELECT listed.number
        FROM peta.usulan AS listed
        WHERE
            listed.city_id = usulan.city_id
            AND listed.rw = room.rw
            AND listed.category = usulan.category
            AND listed.year = usulan.year
            AND listed.published
            AND listed.status NOT IN ('draf', 'digabung', 'dibatalkan')
        UNION ALL
        SELECT unlisted.number
        FROM peta.usulan AS unlisted
        WHERE
            unlisted.city_id = usulan.city_id
            AND unlisted.rw = room.rw
            AND unlisted.category = usulan.category
            AND unlisted.year = usulan.year
            AND unlisted.published
            AND unlisted.status IN ('draf', 'digabung', 'dibatalkan')
        UNION ALL
        SELECT moved.number
        FROM peta.other_place AS held
        INNER JOIN peta.usulan AS moved
            ON
                held.city_id = moved.city_id
                AND held.usulan_id = moved.usulan_id
        WHERE
            held.city_id = usulan.city_id
            AND held.edition_id = usulan.edition_id
            AND held.rw = room.rw
            AND moved.edition_id = usulan.edition_id
            AND moved.category = usulan.category
            AND moved.year = usulan.year
    ) AS peer

UNION ALL

-- earlier and later records of one lineage: only the newest is in a set without a year
SELECT
    change.city_id,
    change.txid,
    earlier.number
FROM peta.change AS change
INNER JOIN peta.usulan AS usulan
    ON
        change.city_id = usulan.city_id
        AND change.usulan_id = usulan.usulan_id
        AND usulan.sequence > 0
CROSS JOIN
    LATERAL (
        SELECT first_one.number
        FROM peta.usulan AS first_one
        WHERE
            first_one.city_id = usulan.city_id
            AND first_one.usulan_id = usulan.lineage_id
        UNION ALL
        SELECT carried.number
        FROM peta.usulan AS carried
        WHERE
            carried.city_id = usulan.city_id
            AND carried.lineage_id = usulan.lineage_id
            AND carried.sequence > 0
    ) AS earlier;
