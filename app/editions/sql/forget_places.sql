-- Drops what was kept of usulan under one edition, because their own rows are about to say it.
-- in:  city_id; edition_id; usulan_ids (array of uuid)
-- out: nothing
DELETE FROM peta.other_place AS place
WHERE
    place.city_id = :city_id
    AND place.edition_id = :edition_id
    AND place.usulan_id = ANY(:usulan_ids)
