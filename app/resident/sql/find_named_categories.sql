-- Categories that stand in place of the titles of their usulan, and are named so.
-- in:  pattern, as LIKE takes it; case does not matter
-- out: code
SELECT category.code
FROM map.category AS category
WHERE
    category.precision <> 'exact'
    AND category.name ILIKE :pattern
