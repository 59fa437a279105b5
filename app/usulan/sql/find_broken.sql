-- How many rows name what is not there, over all cities.
-- in:  nothing
-- out: area, category, continued (usulan that name such a one in vain), event (events of no usulan),
--      history (usulan without any event)
SELECT
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        LEFT JOIN peta.area AS area
            ON
                usulan.city_id = area.city_id
                AND usulan.edition_id = area.edition_id
                AND usulan.area_code = area.code
        WHERE area.code IS NULL
    ) AS area,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        LEFT JOIN peta.category AS category ON usulan.category = category.code
        WHERE category.code IS NULL
    ) AS category,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        LEFT JOIN peta.usulan AS earlier
            ON
                usulan.city_id = earlier.city_id
                AND usulan.continues_id = earlier.usulan_id
        WHERE
            usulan.continues_id IS NOT NULL
            AND earlier.usulan_id IS NULL
    ) AS continued,
    (
        SELECT COUNT(*)
        FROM peta.usulan_event AS event
        LEFT JOIN peta.usulan AS usulan
            ON
                event.city_id = usulan.city_id
                AND event.usulan_id = usulan.usulan_id
        WHERE usulan.usulan_id IS NULL
    ) AS event,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        LEFT JOIN peta.usulan_event AS event
            ON
                usulan.city_id = event.city_id
                AND usulan.usulan_id = event.usulan_id
                AND event.sequence = 1
        WHERE event.usulan_id IS NULL
    ) AS history
