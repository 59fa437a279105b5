-- The contacts behind many usulan at once.
-- in:  rows by COPY, columns as listed
-- out: nothing
COPY peta.proposer (
    city_id,
    usulan_id,
    name,
    phone,
    email,
    role,
    consented
) FROM STDIN
