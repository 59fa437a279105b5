-- All published usulan of a city in columns of one width each, none null, for reading a million at once.
-- Row for row it says what map.point says (map_v2.sql) and no more, but is made set by set: one pass over the usulan, beside it
-- whose peers there are and what has a later record. Words come as hashes, equal for equal words; a list of numbers is quicker read
-- from map.point. Tests hold the two together.
-- in:  schema peta as in map_v2.sql
-- out: view map.resident: city_id, edition_id, public_area; number; cell, -1 without a position; subject, a hash of category; progress,
--      of status and stage; means, of funding and channel; place, of the code at each level and the public area; year; standing
--      (2 listed, 1 newest of its lineage, 3 both); severity, 0 unknown; cost, -1 unknown; beneficiaries and supporters
CREATE VIEW map.resident WITH (security_barrier) AS
SELECT
    usulan.city_id,
    usulan.edition_id,
    shown.public_area,
    CAST(usulan.number AS character(17)) AS number,
    CASE
        WHEN category.precision = 'exact' THEN COALESCE(usulan.cell, -1)
        WHEN category.precision = 'rw' AND usulan.position IS NOT NULL THEN COALESCE(public_area.label_cell, -1)
        ELSE -1
    END AS cell,
    HASHTEXTEXTENDED(usulan.category, 0) AS subject,
    HASHTEXTEXTENDED(COALESCE(usulan.stage, ''), HASHTEXTEXTENDED(usulan.status, 0)) AS progress,
    HASHTEXTEXTENDED(usulan.channel, HASHTEXTEXTENDED(COALESCE(usulan.funding, ''), 0)) AS means,
    CASE
        WHEN category.precision = 'exact'
            THEN map.place_hash(usulan.kota, usulan.kecamatan, usulan.kelurahan, usulan.rw, usulan.rt, usulan.area_code)
        ELSE map.place_hash(spot.kota, spot.kecamatan, spot.kelurahan, shown.rw, NULL, shown.public_area)
    END AS place
