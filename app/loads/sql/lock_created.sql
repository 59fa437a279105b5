-- Usulan that a load created, in the order of their keys; locked. What others did to them until then is read by the next
-- statement alone: this one sees histories as they were before it waited.
-- in:  city_id; load_id; after (usulan_id); most
-- out: usulan_id
SELECT usulan.usulan_id
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.load_id = :load_id
    AND usulan.usulan_id > :after
ORDER BY usulan.usulan_id
LIMIT :most
FOR UPDATE OF usulan
