-- Whether the role may leave the references of single rows unchecked.
-- in:  nothing
-- out: may (boolean)
SELECT HAS_PARAMETER_PRIVILEGE('session_replication_role', 'SET') AS may
