-- A link by which an account's password is set; links from before serve no more.
-- in:  token_digest; account_id; created; expires
-- out: nothing
WITH earlier AS (
    DELETE FROM peta.invitation AS invitation
    WHERE invitation.account_id = :account_id
)

INSERT INTO peta.invitation (token_digest, account_id, created, expires)
VALUES (:token_digest, :account_id, :created, :expires)
