-- What the snapshot of this statement shows of the changes of a city at or above a mark, and its horizon.
-- in:  city_id; mark
-- out: horizon (every transaction below it has ended); txid and number of a change, both null in the one row of a reading without
--      changes; number null where everything may have changed
SELECT
    snapshot.horizon,
    change.txid,
    change.number
FROM (SELECT CAST(CAST(PG_SNAPSHOT_XMIN(PG_CURRENT_SNAPSHOT()) AS text) AS bigint) AS horizon) AS snapshot
LEFT JOIN map.change AS change
    ON
        change.city_id = :city_id
        -- A mark that the planner cannot see, and a stretch, which it believes to be short: so one plan does for all marks. To plan
        -- this takes five times as long as to find that nothing has changed.
        AND change.txid >= (SELECT CAST(:mark AS bigint) AS mark)
        AND change.txid <= (SELECT CAST(9223372036854775807 AS bigint) AS last)
