-- A role for an account.
-- in:  the columns of peta.role_grant but given_by
-- out: nothing
INSERT INTO peta.role_grant (
    grant_id, account_id, role, city_id, area_code, fields, valid_from, valid_to, created
)
VALUES (
    :grant_id, :account_id, :role, :city_id, :area_code, CAST(:fields AS text[]), :valid_from, :valid_to, :created
)
