-- Fresh statistics for the planner: a load may have multiplied the rows.
-- in:  nothing
-- out: nothing
ANALYZE peta.usulan, peta.usulan_event, peta.proposer
