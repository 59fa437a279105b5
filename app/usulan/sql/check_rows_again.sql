-- Every row is asked again for what it refers to.
-- in:  nothing
-- out: nothing; until the transaction ends
SET LOCAL session_replication_role = origin
