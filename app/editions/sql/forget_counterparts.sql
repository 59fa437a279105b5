-- Drops the counterparts of one edition's areas in another, before they are written anew.
-- in:  city_id; edition_id; other_edition_id
-- out: nothing
DELETE FROM peta.area_counterpart AS counterpart
WHERE
    counterpart.city_id = :city_id
    AND counterpart.edition_id = :edition_id
    AND counterpart.other_edition_id = :other_edition_id
