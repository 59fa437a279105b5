-- Every account with each of its roles, by address; an account without roles once, without any.
-- in:  nothing
-- out: email, name, has_password, disabled, role, city_id, area_code, fields, valid_from, valid_to, ended, ended_why
SELECT
    account.email,
    account.name,
    account.password IS NOT NULL AS has_password,
    account.disabled,
    role_grant.role,
    role_grant.city_id,
    role_grant.area_code,
    role_grant.fields,
    role_grant.valid_from,
    role_grant.valid_to,
    role_grant.ended,
    role_grant.ended_why
FROM peta.account AS account
LEFT JOIN peta.role_grant AS role_grant ON account.account_id = role_grant.account_id
ORDER BY account.email, role_grant.created, role_grant.grant_id
