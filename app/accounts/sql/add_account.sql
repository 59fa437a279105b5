-- A new account, or none when its address has one.
-- in:  account_id; email (lower case); name; created
-- out: account_id
INSERT INTO peta.account (account_id, email, name, created)
VALUES (:account_id, :email, :name, :created)
ON CONFLICT (email) DO NOTHING
RETURNING account_id
