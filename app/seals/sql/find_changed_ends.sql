-- The ends of the histories of a city that transactions changed which an earlier snapshot did not show; and of what was sent since then
-- and waits for its publication, of which nothing tells (view map.change is public).
-- in:  city_id; snapshot (the earlier one, as text); since (no submission that it did not show was begun earlier); number (of the last
--      seal)
-- out: usulan_id, sequence, hash of the newest step; sequence null where any usulan of the city may have changed
SELECT
    changed.usulan_id,
    newest.sequence,
    newest.hash
FROM
    (
        SELECT change.usulan_id
        FROM peta.change AS change
        WHERE
            change.city_id = :city_id
            AND change.txid >= (SELECT CAST(CAST(PG_SNAPSHOT_XMIN(CAST(:snapshot AS pg_snapshot)) AS text) AS bigint) AS mark)
            AND NOT PG_VISIBLE_IN_SNAPSHOT(CAST(CAST(change.txid AS text) AS xid8), CAST(:snapshot AS pg_snapshot))
        UNION
        SELECT usulan.usulan_id
        FROM peta.usulan AS usulan
        WHERE
            usulan.city_id = :city_id
            AND usulan.created >= :since
            AND NOT usulan.published
            AND NOT EXISTS (
                SELECT FROM peta.seal AS recent
                WHERE
                    recent.city_id = :city_id
                    AND recent.number > :number - 30 -- those of half an hour
                    AND usulan.usulan_id = ANY(recent.usulan_ids)
            )
    ) AS changed
LEFT JOIN
    LATERAL (
        SELECT
            event.sequence,
            event.hash
        FROM peta.usulan_event AS event
        WHERE
            event.city_id = :city_id
            AND event.usulan_id = changed.usulan_id
        ORDER BY event.sequence DESC
        LIMIT 1
    ) AS newest
    ON TRUE
ORDER BY changed.usulan_id
