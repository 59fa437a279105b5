-- Takes away what the writers of an earlier run sent, so that the peers' tables are the city again.
-- in:  nothing
-- out: nothing
DELETE FROM peta.usulan_event
WHERE (city_id, usulan_id) IN (SELECT city_id, usulan_id FROM peta.usulan WHERE source = 'warga');
DELETE FROM peta.usulan
WHERE source = 'warga';
DELETE FROM peta.change;
DROP TABLE IF EXISTS bench.bare, bench.model;
