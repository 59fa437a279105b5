-- How the newest lists of an area were read of which rows were refused.
-- in:  city_id; area_code
-- out: file_name, year, mapping, columns (field to column) and unused_columns as the report tells them
SELECT
    load.file_name,
    load.year,
    load.mapping,
    load.report -> 'columns' AS columns,
    load.report -> 'unused_columns' AS unused_columns
FROM peta.list_load AS load
WHERE
    load.city_id = :city_id
    AND load.area_code = :area_code
    AND load.mapping IS NOT NULL
    AND CAST(load.report ->> 'rejected' AS bigint) > 0
    AND JSONB_EXISTS(load.report, 'columns')
ORDER BY load.updated DESC, load.load_id DESC
LIMIT 100
