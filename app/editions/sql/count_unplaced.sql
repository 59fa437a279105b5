-- How many usulan an edition about to be active has to look at.
-- in:  city_id; edition_id; open (array of status)
-- out: all of other editions; the open ones among them
SELECT
    COUNT(*) AS looked_at,
    COUNT(*) FILTER (WHERE usulan.status = ANY(:open)) AS open
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.edition_id <> :edition_id
