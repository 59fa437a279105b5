-- Open an account again, which its owner does with a new password; sign-ins with the old one end.
-- in:  account_id
-- out: nothing
WITH ended AS (
    DELETE FROM peta.sign_in AS sign_in
    WHERE sign_in.account_id = :account_id
)

UPDATE peta.account AS account
SET
    disabled = NULL,
    password = NULL
WHERE account.account_id = :account_id
