-- Whether the owner of an account has set a password.
-- in:  account_id
-- out: account_id; no row when he has not
SELECT account.account_id
FROM peta.account AS account
WHERE
    account.account_id = :account_id
    AND account.password IS NOT NULL
