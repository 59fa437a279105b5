-- Tells of the private needs of the same category, year and RW as one that is about to leave them: whether one is alone decides
-- where all stand. View map.change finds those of the place it comes to, never those of the place it had.
-- in:  city_id; usulan_id, as it stands still
-- out: nothing
INSERT INTO peta.change (city_id, usulan_id)
SELECT DISTINCT
    usulan.city_id,
    peer.usulan_id
FROM peta.usulan AS usulan
INNER JOIN peta.category AS category
    ON
        usulan.category = category.code
        AND category.precision = 'rw'
CROSS JOIN
    LATERAL (
        SELECT usulan.rw
        UNION
        SELECT held.rw
        FROM peta.other_place AS held
        WHERE
            held.city_id = usulan.city_id
            AND held.usulan_id = usulan.usulan_id
    ) AS room
CROSS JOIN
    LATERAL (
        SELECT listed.usulan_id
        FROM peta.usulan AS listed
        WHERE
            listed.city_id = usulan.city_id
            AND listed.rw = room.rw
            AND listed.category = usulan.category
            AND listed.year = usulan.year
            AND listed.published
            AND listed.status NOT IN ('draf', 'digabung', 'dibatalkan')
        UNION ALL
        SELECT unlisted.usulan_id
        FROM peta.usulan AS unlisted
        WHERE
            unlisted.city_id = usulan.city_id
            AND unlisted.rw = room.rw
            AND unlisted.category = usulan.category
            AND unlisted.year = usulan.year
            AND unlisted.published
            AND unlisted.status IN ('draf', 'digabung', 'dibatalkan')
        UNION ALL
        SELECT moved.usulan_id
        FROM peta.other_place AS held
        INNER JOIN peta.usulan AS moved
            ON
                held.city_id = moved.city_id
                AND held.usulan_id = moved.usulan_id
        WHERE
            held.city_id = usulan.city_id
            AND held.edition_id = usulan.edition_id
            AND held.rw = room.rw
            AND moved.category = usulan.category
            AND moved.year = usulan.year
    ) AS peer
WHERE
    usulan.city_id = :city_id
    AND usulan.usulan_id = :usulan_id
ON CONFLICT DO NOTHING
