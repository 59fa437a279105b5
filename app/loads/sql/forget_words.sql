-- Leave of stored and withdrawn lists what is counted: words and places of refused rows go, what was said of columns, and
-- what somebody named the file.
-- in:  before (when they ended at the latest); ended (array of text: their states); kept (array of text: what of a report is
--      numbers)
-- out: nothing
UPDATE peta.list_load AS load
SET
    report
    = COALESCE(
        (
            SELECT JSONB_OBJECT_AGG(part.key, part.value)
            FROM JSONB_EACH(load.report) AS part
            WHERE part.key = ANY(CAST(:kept AS text[]))
        ),
        CAST('{}' AS jsonb)
    )
    || JSONB_BUILD_OBJECT('rejected_rows', JSONB_BUILD_ARRAY(), 'unknown_categories', JSONB_BUILD_ARRAY(), 'rejects_file', FALSE),
    guess = NULL,
    mapping = NULL,
    failure = NULL,
    file_name = 'daftar' || COALESCE(SUBSTRING(load.file_name FROM '[.][A-Za-z]{1,7}$'), '')
WHERE
    load.state = ANY(CAST(:ended AS text[]))
    AND load.updated < :before
    AND load.beat < :before
    AND (JSONB_EXISTS(load.report, 'first_rejects') OR load.mapping IS NOT NULL)
