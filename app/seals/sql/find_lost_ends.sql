-- Usulan whose history is no longer what a seal says it was: a step is gone, or has another hash.
-- in:  city_id; most
-- out: number (null where the usulan is gone), usulan_id, sequence of the first such step; wrong (how many usulan there are in all)
WITH lost AS (
    SELECT
        head.usulan_id,
        MIN(head.sequence) AS sequence
    FROM peta.seal AS seal
    CROSS JOIN LATERAL UNNEST(seal.usulan_ids, seal.sequences, seal.digests) AS head (usulan_id, sequence, hash)
    LEFT JOIN peta.usulan_event AS event
        ON
            event.city_id = :city_id
            AND head.usulan_id = event.usulan_id
            AND head.sequence = event.sequence
    WHERE
        seal.city_id = :city_id
        AND event.hash IS DISTINCT FROM head.hash
    GROUP BY head.usulan_id
)

SELECT
    usulan.number,
    lost.usulan_id,
    lost.sequence,
    COUNT(*) OVER () AS wrong
FROM lost
LEFT JOIN peta.usulan AS usulan
    ON
        usulan.city_id = :city_id
        AND lost.usulan_id = usulan.usulan_id
ORDER BY lost.usulan_id
LIMIT :most
