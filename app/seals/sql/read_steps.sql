-- Every step of every history of a city, those of one usulan together and in their order.
-- in:  city_id
-- out: the columns that a digest vouches for (app.usulan.history; details null where there are none), nonce, previous, hash; number,
--      status, stage of the usulan as it stands, null where it is gone
SELECT
    event.city_id,
    event.usulan_id,
    event.sequence,
    event.at,
    event.kind,
    event.from_status,
    event.to_status,
    event.stage,
    event.actor_role,
    event.actor_area,
    event.reason_code,
    event.reason,
    NULLIF(event.details, '{}') AS details,
    event.nonce,
    event.previous,
    event.hash,
    usulan.number,
    usulan.status,
    usulan.stage AS usulan_stage
FROM peta.usulan_event AS event
LEFT JOIN peta.usulan AS usulan
    ON
        event.city_id = usulan.city_id
        AND event.usulan_id = usulan.usulan_id
WHERE event.city_id = :city_id
ORDER BY event.usulan_id, event.sequence
