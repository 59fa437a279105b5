-- The account of an address.
-- in:  email (lower case)
-- out: account_id, name, disabled
SELECT
    account.account_id,
    account.name,
    account.disabled
FROM peta.account AS account
WHERE account.email = :email
