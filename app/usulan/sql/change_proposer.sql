-- The contact behind an usulan as a list has it now.
-- in:  city_id; usulan_id; name; phone; email; role; consented
-- out: nothing
INSERT INTO peta.proposer (city_id, usulan_id, name, phone, email, role, consented)
VALUES (:city_id, :usulan_id, :name, :phone, :email, :role, :consented)
ON CONFLICT (city_id, usulan_id) DO UPDATE
    SET
        name = excluded.name,
        phone = excluded.phone,
        email = excluded.email,
        role = excluded.role,
        consented = excluded.consented
