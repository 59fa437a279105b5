-- The histories of many usulan at once, each row already hashed, as bytes that need no parsing.
-- in:  rows by COPY, columns as listed, each in the binary form of its type
-- out: nothing
COPY peta.usulan_event (
    city_id,
    usulan_id,
    sequence,
    at,
    kind,
    from_status,
    to_status,
    stage,
    actor_role,
    actor_area,
    reason_code,
    reason,
    details,
    nonce,
    previous,
    hash
) FROM STDIN WITH (FORMAT "binary")
