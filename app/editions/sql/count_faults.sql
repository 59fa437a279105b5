-- What should not be, counted, of a city whose active edition is given.
-- in:  city_id; edition_id (the active one); open (array of status)
-- out: strays (open usulan of another edition), uncounted (closed exact ones with a position that have no place in the active
--      edition), chains (usulan whose levels are not the chain of their area), crosswalk (areas whose shares do not sum to 1)
SELECT
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        WHERE
            usulan.city_id = :city_id
            AND usulan.edition_id <> :edition_id
            AND usulan.status = ANY(:open)
    ) AS strays,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        INNER JOIN peta.category AS category ON usulan.category = category.code
        WHERE
            usulan.city_id = :city_id
            AND usulan.edition_id <> :edition_id
            AND usulan.status <> ALL(:open)
            AND category.precision = 'exact'
            AND usulan.geom IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM peta.other_place AS place
                WHERE
                    place.city_id = usulan.city_id
                    AND place.usulan_id = usulan.usulan_id
                    AND place.edition_id = :edition_id
            )
    ) AS uncounted,
    (
        SELECT COUNT(*)
        FROM peta.usulan AS usulan
        INNER JOIN peta.area AS area
            ON
                usulan.city_id = area.city_id
                AND usulan.edition_id = area.edition_id
                AND usulan.area_code = area.code
        WHERE
            usulan.city_id = :city_id
            AND area.code <> COALESCE(
                usulan.rt, usulan.rw, usulan.kelurahan, usulan.kecamatan, usulan.kota
            )
    ) AS chains,
    (
        SELECT COUNT(*)
        FROM (
            SELECT crosswalk.code
            FROM peta.area_crosswalk AS crosswalk
            WHERE crosswalk.city_id = :city_id
            GROUP BY
                crosswalk.edition_id,
                crosswalk.other_edition_id,
                crosswalk.code
            HAVING
                ABS(SUM(crosswalk.area_share) - 1) > 1e-6
                OR ABS(SUM(crosswalk.population_share) - 1) > 1e-6
        ) AS unbalanced
    ) AS crosswalk
