-- Forgets changes that every index has been given: one that has not looked for a day is built anew.
-- in:  before
-- out: nothing
DELETE FROM peta.change AS change
WHERE change.at < :before
