-- Take up the notice that is due the longest: until its new time is due nobody else does. Others that are being taken up at this moment are passed over.
-- in:  now; again (when it is due again should whoever takes it up be killed)
-- out: notice_id, kind, language, city_id, usulan_id, sequence, account_id, created, attempts (this one counted); no row when none is due
UPDATE peta.notice AS notice
SET
    attempts = notice.attempts + 1,
    due = :again
WHERE
    notice.notice_id = (
        SELECT waiting.notice_id
        FROM peta.notice AS waiting
        WHERE
            waiting.sent IS NULL
            AND waiting.given_up IS NULL
            AND waiting.due <= :now
        ORDER BY
            waiting.due,
            waiting.notice_id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
RETURNING
    notice.notice_id,
    notice.kind,
    notice.language,
    notice.city_id,
    notice.usulan_id,
    notice.sequence,
    notice.account_id,
    notice.created,
    notice.attempts
