-- Holds back new usulan while the areas they would be placed in change; readers go on.
-- in:  nothing
-- out: nothing; until the transaction ends
LOCK TABLE peta.usulan IN SHARE MODE
