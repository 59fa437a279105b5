-- Fresh statistics for the planner, which tiles and search are asked with.
-- in:  nothing
-- out: nothing
ANALYZE peta.base_feature
