-- Public usulan of a city in columns of fixed width. Words come as hashes, whose meaning read_words.sql tells.
-- in:  city_id; edition_id (areas are those of this edition); numbers (null for all)
-- out: rows by binary COPY: number; cell, -1 without a position; subject, a hash of category, group and precision; progress, of status
--      and stage; means, of funding and channel; place, of the code at each level and the public area; year; standing (2 listed,
--      1 newest of its lineage, 3 both); severity, 0 unknown; cost, -1 unknown; beneficiaries and supporters
COPY (
    SELECT
        CAST(point.number AS character(17)) AS number,
        COALESCE(point.cell, -1) AS cell,
        HASH_RECORD_EXTENDED(ROW(point.category, point.group_code, point.precision), 0) AS subject,
        HASH_RECORD_EXTENDED(ROW(point.status, point.stage), 0) AS progress,
        HASH_RECORD_EXTENDED(ROW(point.funding, point.channel), 0) AS means,
        HASH_RECORD_EXTENDED(
            CASE
                WHEN point.edition_id = :edition_id
                    THEN ROW(point.kota, point.kecamatan, point.kelurahan, point.rw, point.rt, point.public_area)
                WHEN place.number IS NOT NULL
                    THEN ROW(place.kota, place.kecamatan, place.kelurahan, place.rw, place.rt, point.public_area)
                ELSE ROW(held.kota, held.kecamatan, held.kelurahan, held.rw, held.rt, point.public_area)
            END, 0
        ) AS place,
        point.year,
        CAST(2 * CAST(point.listed AS integer) + CAST(point.newest AS integer) AS smallint) AS standing,
        COALESCE(point.severity, CAST(0 AS smallint)) AS severity,
        COALESCE(point.estimated_cost, -1) AS cost,
        COALESCE(point.beneficiaries, 0) AS beneficiaries,
        point.supporters
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
        AND (CAST(:numbers AS text[]) IS NULL OR point.number = ANY(CAST(:numbers AS text[])))
) TO STDOUT WITH BINARY
