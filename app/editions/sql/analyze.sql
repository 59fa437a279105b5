-- Fresh statistics for the planner: an activation has written to most of the rows.
-- in:  nothing
-- out: nothing
ANALYZE peta.boundary_edition,
peta.area_counterpart,
peta.area_crosswalk,
peta.other_place,
peta.usulan,
peta.usulan_event
