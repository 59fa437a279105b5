-- A plan made for any city looks numbers up by their own index; one made for a city that the
-- statistics do not know yet would walk all its rows.
-- in:  nothing
-- out: nothing; until the transaction ends
SET LOCAL plan_cache_mode = force_generic_plan
