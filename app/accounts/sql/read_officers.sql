-- Accounts with a role in one of these cities, a row for each such role; also roles that are over or were taken back.
-- in:  cities (array of city_id); installation (what stands among them for roles that are given for no city)
-- out: email, name, has_password, disabled; grant_id, role, area_code, fields, valid_from, valid_to; ended, ended_by (name),
--      ended_why; by address
SELECT
    account.email,
    account.name,
    account.disabled,
    role_grant.grant_id,
    role_grant.role,
    role_grant.area_code,
    role_grant.fields,
    role_grant.valid_from,
    role_grant.valid_to,
    role_grant.ended,
    ender.name AS ended_by,
    role_grant.ended_why,
    account.password IS NOT NULL AS has_password
FROM peta.account AS account
INNER JOIN peta.role_grant AS role_grant ON account.account_id = role_grant.account_id
LEFT JOIN peta.account AS ender ON role_grant.ended_by = ender.account_id
WHERE COALESCE(role_grant.city_id, CAST(:installation AS smallint)) = ANY(CAST(:cities AS smallint[]))
ORDER BY account.email, role_grant.created, role_grant.grant_id
