-- Whether the snapshot of this statement shows any change of a city at or above a mark, and its horizon.
-- in:  city_id; mark
-- out: horizon (every transaction below it has ended); is_any; one row
SELECT
    CAST(CAST(PG_SNAPSHOT_XMIN(PG_CURRENT_SNAPSHOT()) AS text) AS bigint) AS horizon,
    EXISTS(
        SELECT 1
        FROM map.change_txid AS change
        WHERE
            change.city_id = :city_id
            -- One plan for all marks, as in read_changes.sql.
            AND change.txid >= (SELECT CAST(:mark AS bigint) AS mark)
            AND change.txid <= (SELECT CAST(9223372036854775807 AS bigint) AS last)
    ) AS is_any
