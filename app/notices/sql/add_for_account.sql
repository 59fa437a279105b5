-- Word for the owner of an account.
-- in:  notice_id; kind; language; account_id; created; due
-- out: nothing
INSERT INTO peta.notice (notice_id, kind, language, account_id, created, due, attempts)
VALUES (:notice_id, :kind, :language, :account_id, :created, :due, 0)
