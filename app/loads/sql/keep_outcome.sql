-- How a work on a load ended, unless it was cancelled or begun again meanwhile; what is null stays as it was.
-- in:  city_id; load_id; attempt; before (state while the work goes on); state; failure; forgets (whether what was seen of the
--      file goes); guess, report, undone (JSON as text); now
-- out: load_id; no row when it is too late
UPDATE peta.list_load AS load
SET
    state = :state,
    failure = :failure,
    guess = CASE WHEN NOT :forgets THEN COALESCE(CAST(:guess AS jsonb), load.guess) END,
    report = COALESCE(CAST(:report AS jsonb), load.report),
    undone = COALESCE(CAST(:undone AS jsonb), load.undone),
    updated = :now
WHERE
    load.city_id = :city_id
    AND load.load_id = :load_id
    AND load.attempt = :attempt
    AND load.state = :before
RETURNING load.load_id
