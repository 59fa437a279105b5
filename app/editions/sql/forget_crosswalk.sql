-- Drops the crosswalk from one edition to another, before it is written anew.
-- in:  city_id; edition_id; other_edition_id
-- out: nothing
DELETE FROM peta.area_crosswalk AS crosswalk
WHERE
    crosswalk.city_id = :city_id
    AND crosswalk.edition_id = :edition_id
    AND crosswalk.other_edition_id = :other_edition_id
