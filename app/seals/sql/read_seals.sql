-- The seals of a city, the first one first.
-- in:  city_id
-- out: every column but the city
SELECT
    seal.number,
    seal.at,
    seal.kind,
    seal.usulan_ids,
    seal.sequences,
    seal.digests,
    seal.committed,
    seal.previous,
    seal.hash
FROM peta.seal AS seal
WHERE seal.city_id = :city_id
ORDER BY seal.number
