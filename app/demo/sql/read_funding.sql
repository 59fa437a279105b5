-- The usual sources of money of each category.
-- in:  nothing
-- out: code, funding
SELECT
    category.code,
    category.funding
FROM peta.category AS category
