-- Fresh statistics for the planner: the tables were empty a moment ago.
-- in:  nothing
-- out: nothing
ANALYZE peta.city, peta.category, peta.boundary_edition, peta.area, peta.base_feature, peta.usulan, peta.usulan_event
