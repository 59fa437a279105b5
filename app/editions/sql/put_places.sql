-- Where usulan are counted under an edition that their own rows do not speak of.
-- in:  city_id; edition_id; places (JSON array of objects: usulan_id, area_code and a code or null for each level)
-- out: nothing
INSERT INTO peta.other_place AS place (
    city_id,
    usulan_id,
    edition_id,
    area_code,
    kota,
    kecamatan,
    kelurahan,
    rw,
    rt
)
SELECT
    CAST(:city_id AS smallint),
    found.usulan_id,
    CAST(:edition_id AS integer),
    found.area_code,
    found.kota,
    found.kecamatan,
    found.kelurahan,
    found.rw,
    found.rt
FROM
    JSONB_TO_RECORDSET(CAST(:places AS jsonb))
        AS found (
            usulan_id uuid, area_code text, kota text, kecamatan text, kelurahan text, rw text, rt text
        )
ON CONFLICT (city_id, usulan_id, edition_id) DO UPDATE
    SET
        area_code = excluded.area_code,
        kota = excluded.kota,
        kecamatan = excluded.kecamatan,
        kelurahan = excluded.kelurahan,
        rw = excluded.rw,
        rt = excluded.rt
