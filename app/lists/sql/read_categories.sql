-- What each category allows.
-- in:  nothing
-- out: code, units, geometry
SELECT
    category.code,
    category.units,
    category.geometry
FROM peta.category AS category
