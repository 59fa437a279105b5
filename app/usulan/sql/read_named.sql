-- Some usulan by their numbers, as lists tell them. Those that stand at their own place come apart: for them the view need not be
-- searched for private needs.
-- in:  city_id; exact, numbers of usulan at their own place; others, all other numbers
-- out: what a feature of a list says, in no order; the names of a category only where it may take the place of a title
SELECT
    point.number,
    point.title,
    point.problem,
    point.category,
    point.group_code,
    point.status,
    point.stage,
    point.year,
    point.channel,
    point.severity,
    CAST(point.volume AS double precision) AS volume,
    point.unit,
    point.estimated_cost,
    point.beneficiaries,
    point.supporters,
    point.funding,
    point.precision,
    point.created,
    point.updated,
    point.edition_id,
    point.kota,
    point.kecamatan,
    point.kelurahan,
    point.rw,
    point.rt,
    CAST(NULL AS text) AS category_name,
    CAST(NULL AS text) AS category_name_en,
    ST_X(point.position) AS longitude,
    ST_Y(point.position) AS latitude
FROM map.point AS point
WHERE
    point.city_id = :city_id
    AND point.precision = 'exact'
    AND point.number = ANY(CAST(:exact AS text[]))

UNION ALL

SELECT
    point.number,
    point.title,
    point.problem,
    point.category,
    point.group_code,
    point.status,
    point.stage,
    point.year,
    point.channel,
    point.severity,
    CAST(point.volume AS double precision) AS volume,
    point.unit,
    point.estimated_cost,
    point.beneficiaries,
    point.supporters,
    point.funding,
    point.precision,
    point.created,
    point.updated,
    point.edition_id,
    point.kota,
    point.kecamatan,
    point.kelurahan,
    point.rw,
    point.rt,
    category.name AS category_name,
    category.name_en AS category_name_en,
    ST_X(point.position) AS longitude,
    ST_Y(point.position) AS latitude
FROM map.point AS point
INNER JOIN map.category AS category ON point.category = category.code
WHERE
    point.city_id = :city_id
    AND point.number = ANY(CAST(:others AS text[]))
