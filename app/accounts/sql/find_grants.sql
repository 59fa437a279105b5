-- Roles of one kind that an account has, or will have, and nobody took back.
-- in:  email (lower case); role; now
-- out: grant_id, area_code
SELECT
    role_grant.grant_id,
    role_grant.area_code
FROM peta.role_grant AS role_grant
INNER JOIN peta.account AS account ON role_grant.account_id = account.account_id
LEFT JOIN peta.city AS city ON role_grant.city_id = city.city_id
WHERE
    account.email = :email
    AND role_grant.role = :role
    AND role_grant.ended IS NULL
    AND coalesce(
        role_grant.valid_to >= CAST(timezone(coalesce(city.time_zone, 'Asia/Jakarta'), CAST(:now AS timestamptz)) AS date),
        TRUE
    )
ORDER BY role_grant.created, role_grant.grant_id
