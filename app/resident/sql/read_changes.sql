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
        AND change.txid >= :mark
