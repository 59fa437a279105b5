-- Keeps autovacuum from counting the tables while rows that it cannot see are being loaded. It would
-- find none, and every foreign-key check after that would walk the whole city (a load 50 times slower).
-- Readers and writers go on; a second load waits for the first.
-- in:  nothing
-- out: nothing; held until the transaction ends
LOCK TABLE peta.area, peta.usulan IN SHARE UPDATE EXCLUSIVE MODE
