-- Fresh statistics for the planner, which placing and drawing are asked with.
-- in:  nothing
-- out: nothing
ANALYZE peta.city, peta.boundary_edition, peta.area, peta.outline
