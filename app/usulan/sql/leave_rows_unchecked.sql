-- Rows written from here on are not asked for what they refer to: `keep_named` has asked for all that they name.
-- in:  nothing
-- out: nothing; until `check_rows_again` or the end of the transaction
SET LOCAL session_replication_role = replica
