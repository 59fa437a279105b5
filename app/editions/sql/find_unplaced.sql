-- The next usulan that an edition about to be active still has to place: open ones of other editions, and closed exact ones
-- with a position, which are counted in it too.
-- in:  city_id; edition_id; open (array of status); after (usulan_id); most
-- out: usulan_id, edition_id, status, stage, is_open, is_private, shape (WKB or null), area_code, accuracy_m, doubts,
--      sequence and hash of the last event, and of the first place its edition, its area and that of each level
SELECT
    usulan.usulan_id,
    usulan.edition_id,
    usulan.status,
    usulan.stage,
    usulan.status = ANY(:open) AS is_open,
    category.precision <> 'exact' AS is_private,
    ST_AsBinary(usulan.geom) AS shape,
    usulan.area_code,
    usulan.accuracy_m,
    usulan.doubts,
    last_event.sequence,
    last_event.hash,
    COALESCE(origin.edition_id, usulan.edition_id) AS origin_edition_id,
    CASE WHEN origin.usulan_id IS NULL THEN usulan.area_code ELSE origin.area_code END AS origin_area_code,
    CASE WHEN origin.usulan_id IS NULL THEN usulan.kota ELSE origin.kota END AS kota,
    CASE WHEN origin.usulan_id IS NULL THEN usulan.kecamatan ELSE origin.kecamatan END AS kecamatan,
    CASE WHEN origin.usulan_id IS NULL THEN usulan.kelurahan ELSE origin.kelurahan END AS kelurahan,
    CASE WHEN origin.usulan_id IS NULL THEN usulan.rw ELSE origin.rw END AS rw
FROM peta.usulan AS usulan
INNER JOIN peta.category AS category ON usulan.category = category.code
LEFT JOIN peta.other_place AS origin
    ON
        usulan.city_id = origin.city_id
        AND usulan.usulan_id = origin.usulan_id
        AND origin.is_origin
CROSS JOIN
    LATERAL (
        SELECT
            event.sequence,
            event.hash
        FROM peta.usulan_event AS event
        WHERE
            event.city_id = usulan.city_id
            AND event.usulan_id = usulan.usulan_id
        ORDER BY event.sequence DESC
        LIMIT 1
    ) AS last_event
WHERE
    usulan.city_id = :city_id
    AND usulan.edition_id <> :edition_id
    AND usulan.usulan_id > :after
    AND (
        usulan.status = ANY(:open)
        OR (
            category.precision = 'exact'
            AND usulan.geom IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM peta.other_place AS known
                WHERE
                    known.city_id = usulan.city_id
                    AND known.usulan_id = usulan.usulan_id
                    AND known.edition_id = :edition_id
            )
        )
    )
ORDER BY usulan.usulan_id
LIMIT :most
