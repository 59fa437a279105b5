-- A load as the process that works on it needs it; none when it was cancelled or begun again since.
-- in:  city_id; load_id; attempt; state (while this work goes on)
-- out: area_code, file_name, year
SELECT
    load.area_code,
    load.file_name,
    load.year
FROM peta.list_load AS load
WHERE
    load.city_id = :city_id
    AND load.load_id = :load_id
    AND load.attempt = :attempt
    AND load.state = :state
