-- Open an account again, which its owner does with a new password; sign-ins with the old one end, and keys.
-- in:  account_id
-- out: nothing
WITH ended AS (
    DELETE FROM peta.sign_in AS sign_in
    WHERE sign_in.account_id = :account_id
),

ended_keys AS (
    DELETE FROM peta.api_key AS api_key
    WHERE api_key.account_id = :account_id
)

UPDATE peta.account AS account
SET
    disabled = NULL,
    password = NULL
WHERE account.account_id = :account_id
