-- Public usulan of a whole city in columns of fixed width. Words come as hashes, whose meaning read_words.sql tells.
-- in:  city_id; edition_id (areas are those of this edition)
-- out: rows by binary COPY: number; cell, -1 without a position; subject, a hash of the category; progress, of status and stage; means,
--      of funding and channel; place, of the code at each level and the public area; year; standing (2 listed, 1 newest of its lineage,
--      3 both); severity, 0 unknown; cost, -1 unknown; beneficiaries and supporters;
--      created and updated
COPY (
    SELECT
        resident.number,
        resident.cell,
        resident.subject,
        resident.progress,
        resident.means,
        CASE
            WHEN resident.edition_id = :edition_id
                THEN resident.place
            WHEN place.number IS NOT NULL
                THEN HASHTEXTEXTENDED(
                    COALESCE(resident.public_area, ''),
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
                COALESCE(resident.public_area, ''),
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
        resident.year,
        resident.standing,
        resident.severity,
        resident.cost,
        resident.beneficiaries,
        resident.supporters,
        resident.created,
        resident.updated
    FROM map.resident AS resident
    LEFT JOIN map.other_place AS place
        ON
            resident.city_id = place.city_id
            AND resident.number = place.number
            AND place.edition_id = :edition_id
    LEFT JOIN map.counterpart AS held
        ON
            resident.city_id = held.city_id
            AND resident.edition_id = held.edition_id
            AND resident.public_area = held.code
            AND held.other_edition_id = :edition_id
    WHERE resident.city_id = :city_id
) TO STDOUT WITH BINARY
