-- A role for an account.
-- in:  the columns of peta.role_grant
-- out: nothing
INSERT INTO peta.role_grant (
    grant_id, account_id, role, city_id, area_code, fields, valid_from, valid_to, given_by, created
)
VALUES (
    :grant_id, :account_id, :role, :city_id, :area_code, CAST(:fields AS text[]), :valid_from, :valid_to, :given_by, :created
)
