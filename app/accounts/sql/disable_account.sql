-- Close an account, and end every sign-in, key and invitation of it.
-- in:  account_id; now
-- out: nothing
WITH ended AS (
    DELETE FROM peta.sign_in AS sign_in
    WHERE sign_in.account_id = :account_id
),

ended_keys AS (
    DELETE FROM peta.api_key AS api_key
    WHERE api_key.account_id = :account_id
),

taken_back AS (
    DELETE FROM peta.invitation AS invitation
    WHERE invitation.account_id = :account_id
)

UPDATE peta.account AS account
SET
    disabled = COALESCE(account.disabled, :now),
    password = NULL
WHERE account.account_id = :account_id
