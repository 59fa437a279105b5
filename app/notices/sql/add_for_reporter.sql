-- Word of a step of the history for whoever sent the usulan: where an address was left, and a tracking code was given.
-- in:  notice_id; kind; city_id; usulan_id; sequence of the step; created; due
-- out: nothing
INSERT INTO peta.notice (notice_id, kind, language, city_id, usulan_id, sequence, created, due, attempts)
SELECT
    :notice_id,
    :kind,
    proposer.language,
    proposer.city_id,
    proposer.usulan_id,
    :sequence,
    :created,
    :due,
    0
FROM peta.proposer AS proposer
INNER JOIN peta.usulan AS usulan
    ON
        proposer.city_id = usulan.city_id
        AND proposer.usulan_id = usulan.usulan_id
WHERE
    proposer.city_id = :city_id
    AND proposer.usulan_id = :usulan_id
    AND proposer.email IS NOT NULL
    AND usulan.tracking_hash IS NOT NULL
