-- Which transactions changed something of a city: to be looked at before map.change, which also tells what follows from a change.
-- in:  peta.change
-- out: view map.change_txid
CREATE VIEW map.change_txid AS
SELECT
    change.city_id,
    change.txid
FROM peta.change AS change;
