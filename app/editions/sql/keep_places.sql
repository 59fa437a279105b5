-- Keeps the places that usulan are about to leave; the first place of each is marked as that.
-- in:  city_id; usulan_ids (array of uuid)
-- out: nothing
INSERT INTO peta.other_place (
    city_id,
    usulan_id,
    edition_id,
    area_code,
    kota,
    kecamatan,
    kelurahan,
    rw,
    rt,
    is_origin
)
SELECT
    usulan.city_id,
    usulan.usulan_id,
    usulan.edition_id,
    usulan.area_code,
    usulan.kota,
    usulan.kecamatan,
    usulan.kelurahan,
    usulan.rw,
    usulan.rt,
    NOT EXISTS (
        SELECT 1
        FROM peta.other_place AS origin
        WHERE
            origin.city_id = usulan.city_id
            AND origin.usulan_id = usulan.usulan_id
            AND origin.is_origin
    )
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.usulan_id = ANY(:usulan_ids)
ON CONFLICT (city_id, usulan_id, edition_id) DO NOTHING
