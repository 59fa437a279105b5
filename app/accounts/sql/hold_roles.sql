-- The roles that somebody has, and that nobody takes back until this transaction ends.
-- None once his account is closed, or the sign-in or key ended by which he acts.
-- in:  account_id; session_id, of the sign-in or key, null for none
-- out: role; city_id; area_code; fields
SELECT
    given.role,
    given.city_id,
    given.area_code,
    given.fields
FROM peta.account AS owner
INNER JOIN peta.role_grant AS given ON owner.account_id = given.account_id
WHERE
    owner.account_id = :account_id
    AND owner.disabled IS NULL
    AND given.ended IS NULL
    AND (
        CAST(:session_id AS UUID) IS NULL
        OR EXISTS (
            SELECT 1 FROM peta.sign_in AS held
            WHERE held.sign_in_id = CAST(:session_id AS UUID)
        )
        OR EXISTS (
            SELECT 1 FROM peta.api_key AS held
            WHERE held.key_id = CAST(:session_id AS UUID)
        )
    )
FOR SHARE OF owner, given
