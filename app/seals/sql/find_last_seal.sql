-- How far the histories of a city are sealed, and where the city stands now. Whoever asks first seals until its transaction ends.
-- in:  city_id
-- out: code, time_zone; is_ours (false: another process is sealing); committed (database and snapshot); number, at, hash, sealed (its
--      committed position) of the last seal, all null before the first; day (when a day was sealed last, or null)
SELECT
    city.code,
    city.time_zone,
    PG_TRY_ADVISORY_XACT_LOCK(HASHTEXT('peta.seal'), city.city_id) AS is_ours,
    CONCAT(
        (
            SELECT own.oid
            FROM pg_catalog.pg_database AS own
            WHERE own.datname = CURRENT_DATABASE()
        ),
        '/',
        PG_CURRENT_SNAPSHOT()
    ) AS committed,
    newest.number,
    newest.at,
    newest.hash,
    newest.committed AS sealed,
    daily.at AS day
FROM peta.city AS city
LEFT JOIN
    LATERAL (
        SELECT
            seal.number,
            seal.at,
            seal.hash,
            seal.committed
        FROM peta.seal AS seal
        WHERE seal.city_id = city.city_id
        ORDER BY seal.number DESC
        LIMIT 1
    ) AS newest
    ON TRUE
LEFT JOIN
    LATERAL (
        SELECT seal.at
        FROM peta.seal AS seal
        WHERE
            seal.city_id = city.city_id
            AND seal.kind = 'harian'
        ORDER BY seal.number DESC
        LIMIT 1
    ) AS daily
    ON TRUE
WHERE city.city_id = :city_id
