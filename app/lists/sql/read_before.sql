-- What records say now, to be told beside what a list would make of them.
-- in:  city_id; usulan_ids (array of uuid)
-- out: usulan_id, number, and every column that a list may change; places as six decimals
SELECT
    usulan.usulan_id,
    usulan.number,
    usulan.category,
    usulan.title,
    usulan.problem,
    usulan.address,
    usulan.landmark,
    usulan.volume,
    usulan.unit,
    usulan.estimated_cost,
    usulan.beneficiaries,
    usulan.severity,
    usulan.inclusion,
    usulan.channel,
    usulan.funding,
    usulan.accuracy_m,
    usulan.area_code,
    usulan.declared_area,
    usulan.status,
    ST_AsText(usulan.geom, 6) AS geometry
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.usulan_id = ANY(:usulan_ids)
