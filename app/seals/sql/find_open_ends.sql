-- The ends of the histories of a city that no seal has yet, of all its usulan.
-- in:  city_id
-- out: usulan_id, sequence, hash of the newest step
WITH sealed AS (
    SELECT
        head.usulan_id,
        MAX(head.sequence) AS sequence
    FROM peta.seal AS seal
    CROSS JOIN LATERAL UNNEST(seal.usulan_ids, seal.sequences) AS head (usulan_id, sequence)
    WHERE seal.city_id = :city_id
    GROUP BY head.usulan_id
),

newest AS (
    SELECT
        event.usulan_id,
        MAX(event.sequence) AS sequence
    FROM peta.usulan_event AS event
    WHERE event.city_id = :city_id
    GROUP BY event.usulan_id
),

unsealed AS (
    SELECT
        newest.usulan_id,
        newest.sequence
    FROM newest
    LEFT JOIN sealed ON newest.usulan_id = sealed.usulan_id
    WHERE newest.sequence > COALESCE(sealed.sequence, 0)
)

SELECT
    unsealed.usulan_id,
    unsealed.sequence,
    event.hash
FROM unsealed
INNER JOIN peta.usulan_event AS event
    ON
        event.city_id = :city_id
        AND unsealed.usulan_id = event.usulan_id
        AND unsealed.sequence = event.sequence
ORDER BY unsealed.usulan_id
