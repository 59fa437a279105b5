-- Contacts of usulan that were taken back: nobody needs them any more.
-- in:  city_id; usulan_ids (array of uuid)
-- out: nothing
DELETE FROM peta.proposer AS proposer
WHERE
    proposer.city_id = :city_id
    AND proposer.usulan_id = ANY(:usulan_ids)
