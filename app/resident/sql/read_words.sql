-- What the words of some public usulan are; areas as in copy_rows.sql.
-- in:  city_id; edition_id; numbers
-- out: number; category, group_code, precision; status, stage; funding, channel; kota, kecamatan, kelurahan, rw, rt, public_area
SELECT
    point.number,
    point.category,
    point.group_code,
    point.precision,
    point.status,
    point.stage,
    point.funding,
    point.channel,
    CASE WHEN own.place THEN point.kota WHEN kept.place THEN place.kota ELSE held.kota END AS kota,
    CASE WHEN own.place THEN point.kecamatan WHEN kept.place THEN place.kecamatan ELSE held.kecamatan END AS kecamatan,
    CASE WHEN own.place THEN point.kelurahan WHEN kept.place THEN place.kelurahan ELSE held.kelurahan END AS kelurahan,
    CASE WHEN own.place THEN point.rw WHEN kept.place THEN place.rw ELSE held.rw END AS rw,
    CASE WHEN own.place THEN point.rt WHEN kept.place THEN place.rt ELSE held.rt END AS rt,
    point.public_area
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
CROSS JOIN LATERAL (SELECT point.edition_id = :edition_id AS place) AS own
CROSS JOIN LATERAL (SELECT place.number IS NOT NULL AS place) AS kept
WHERE
    point.city_id = :city_id
    AND point.number = ANY(:numbers)
