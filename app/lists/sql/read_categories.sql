-- What each category allows.
-- in:  nothing
-- out: code, geometry
SELECT
    category.code,
    category.geometry
FROM peta.category AS category
