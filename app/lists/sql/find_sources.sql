-- Which rows of a list the city has already, and the end of the history of each.
-- in:  city_id; source_ids (array of text)
-- out: source_id, number, year, digest, usulan_id, status, stage, sequence and hash of the last event, whether this
--      very transaction wrote it, and the codes of its areas from kota down
SELECT
    usulan.source_id,
    usulan.number,
    usulan.year,
    usulan.source_digest,
    usulan.usulan_id,
    usulan.status,
    usulan.stage,
    last_event.sequence,
    last_event.hash,
    usulan.xmin = CAST(PG_CURRENT_XACT_ID() AS xid) AS is_from_now,
    usulan.kota,
    usulan.kecamatan,
    usulan.kelurahan,
    usulan.rw,
    usulan.rt
FROM peta.usulan AS usulan
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
    AND usulan.source_id = ANY(:source_ids)
