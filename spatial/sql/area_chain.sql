-- An area and everything above it, by parent codes, from kota down.
-- in:  city_id, edition_id; code (of an area in that edition)
-- out: level, code, name; the area itself last; no row when there is no such area
WITH RECURSIVE chain AS (
    SELECT
        area.level,
        area.code,
        area.name,
        area.parent_code
    FROM map.area AS area
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
        AND area.code = CAST(:code AS text)
    UNION ALL
    SELECT
        area.level,
        area.code,
        area.name,
        area.parent_code
    FROM chain
    INNER JOIN map.area AS area ON chain.parent_code = area.code
    WHERE
        area.city_id = CAST(:city_id AS integer)
        AND area.edition_id = CAST(:edition_id AS integer)
)

SELECT
    chain.level,
    chain.code,
    chain.name
FROM chain
ORDER BY ARRAY_POSITION(ARRAY['kota', 'kecamatan', 'kelurahan', 'rw', 'rt'], chain.level)
