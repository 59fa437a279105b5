-- Some public usulan, as copy_city.sql gives all of them: the same hashes, from the view that is quicker for few.
-- in:  city_id; edition_id (areas are those of this edition); numbers
-- out: rows by binary COPY: number; cell, -1 without a position; subject, a hash of the category; progress, of status and stage; means,
--      of funding and channel; place, of the code at each level and the public area; year; standing (2 listed, 1 newest of its lineage,
--      3 both); severity, 0 unknown; cost, -1 unknown; beneficiaries and supporters;
--      created and updated
COPY (
    SELECT
        CAST(point.number AS character(17)) AS number,
        COALESCE(point.cell, -1) AS cell,
        HASHTEXTEXTENDED(point.category, 0) AS subject,
        HASHTEXTEXTENDED(COALESCE(point.stage, ''), HASHTEXTEXTENDED(point.status, 0)) AS progress,
        HASHTEXTEXTENDED(point.channel, HASHTEXTEXTENDED(COALESCE(point.funding, ''), 0)) AS means,
        CASE
            WHEN point.edition_id = :edition_id
                THEN HASHTEXTEXTENDED(
                    COALESCE(point.public_area, ''),
                    HASHTEXTEXTENDED(
                        COALESCE(point.rt, ''),
                        HASHTEXTEXTENDED(
                            COALESCE(point.rw, ''),
                            HASHTEXTEXTENDED(
                                COALESCE(point.kelurahan, ''),
                                HASHTEXTEXTENDED(COALESCE(point.kecamatan, ''), HASHTEXTEXTENDED(COALESCE(point.kota, ''), 0))
                            )
                        )
                    )
                )
            WHEN place.number IS NOT NULL
                THEN HASHTEXTEXTENDED(
                    COALESCE(point.public_area, ''),
                    HASHTEXTEXTENDED(
                        COALESCE(place.rt, ''),
                        HASHTEXTEXTENDED(
                            COALESCE(place.rw, ''),
                            HASHTEXTEXTENDED(
                                COALESCE(place.kelurahan, ''),
                                HASHTEXTEXTENDED(COALESCE(place.kecamatan, ''), HASHTEXTEXTENDED(COALESCE(place.kota, ''), 0))
                            )
                        )
                    )
                )
            ELSE HASHTEXTEXTENDED(
                COALESCE(point.public_area, ''),
                HASHTEXTEXTENDED(
                    COALESCE(held.rt, ''),
                    HASHTEXTEXTENDED(
                        COALESCE(held.rw, ''),
                        HASHTEXTEXTENDED(
                            COALESCE(held.kelurahan, ''),
                            HASHTEXTEXTENDED(COALESCE(held.kecamatan, ''), HASHTEXTEXTENDED(COALESCE(held.kota, ''), 0))
                        )
                    )
                )
            )
        END AS place,
        point.year,
        CAST(2 * CAST(point.listed AS integer) + CAST(point.newest AS integer) AS smallint) AS standing,
        COALESCE(point.severity, CAST(0 AS smallint)) AS severity,
        COALESCE(point.estimated_cost, -1) AS cost,
        COALESCE(point.beneficiaries, 0) AS beneficiaries,
        point.supporters,
        point.created,
        point.updated
    FROM map.point AS point
    LEFT JOIN map.other_place AS place
        ON
            point.city_id = place.city_id
            AND point.number = place.number
            AND place.edition_id = :edition_id
    LEFT JOIN map.counterpart AS held
        ON
            point.city_id = held.city_id
            AND point.edition_id = held.edition_id
            AND point.public_area = held.code
            AND held.other_edition_id = :edition_id
    WHERE
        point.city_id = :city_id
        AND point.number = ANY(CAST(:numbers AS text[]))
) TO STDOUT WITH BINARY
