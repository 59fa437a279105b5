-- Usulan of a load as they are once they are locked, in the order of their keys, each with the end of its history.
-- Touched is what any step changed beside its own list and a change of boundaries, what people support, and what another
-- one was merged into or continues.
-- in:  city_id; usulan_ids (array of uuid); kinds (array of text: steps that touch nothing)
-- out: usulan_id, number, status, stage, sequence and hash of the last step, is_touched
SELECT
    usulan.usulan_id,
    usulan.number,
    usulan.status,
    usulan.stage,
    last_event.sequence,
    last_event.hash,
    (
        usulan.supporters > 0
        OR EXISTS (
            SELECT 1
            FROM peta.usulan_event AS event
            WHERE
                event.city_id = usulan.city_id
                AND event.usulan_id = usulan.usulan_id
                AND event.kind <> ALL(CAST(:kinds AS text[]))
        )
        OR EXISTS (
            SELECT 1
            FROM peta.usulan AS other
            WHERE
                other.city_id = usulan.city_id
                AND other.merged_into_id = usulan.usulan_id
        )
        OR EXISTS (
            SELECT 1
            FROM peta.usulan AS other
            WHERE
                other.city_id = usulan.city_id
                AND other.continues_id = usulan.usulan_id
        )
    ) AS is_touched
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
    AND usulan.usulan_id = ANY(CAST(:usulan_ids AS uuid[]))
ORDER BY usulan.usulan_id
