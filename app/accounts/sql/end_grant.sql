-- Take a role back, unless somebody has before.
-- in:  grant_id; ended (now); ended_by (account, or none); ended_why
-- out: account_id (of whom it was); no row where it was taken back before
UPDATE peta.role_grant AS role_grant
SET
    ended = :ended,
    ended_by = :ended_by,
    ended_why = :ended_why
WHERE
    role_grant.grant_id = :grant_id
    AND role_grant.ended IS NULL
RETURNING role_grant.account_id
