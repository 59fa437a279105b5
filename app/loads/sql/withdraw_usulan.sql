-- Usulan taken back with the load that created them: cancelled, shown to nobody, and without the key of their row, so
-- that the list may be loaded again once it is corrected.
-- in:  city_id; usulan_ids (array of uuid); status; now
-- out: nothing
UPDATE peta.usulan AS usulan
SET
    status = :status,
    published = FALSE,
    source_id = NULL,
    source_digest = NULL,
    status_since = NULL,
    updated = :now
WHERE
    usulan.city_id = :city_id
    AND usulan.usulan_id = ANY(:usulan_ids)
