-- Where an usulan is, if its list now says something else of it. One that stays keeps its place also where another edition of
-- boundaries is active by now: placing it again is for the activation.
-- in:  city_id; usulan_id; geom, position (EWKB or null); cell; edition_id; area_code and a code or null for each level;
--      area_shares
-- out: nothing
WITH moved AS (
    UPDATE peta.usulan AS usulan
    SET
        geom = CAST(:geom AS geometry),
        position = CAST(:position AS geometry),
        cell = :cell,
        edition_id = :edition_id,
        area_code = :area_code,
        kota = :kota,
        kecamatan = :kecamatan,
        kelurahan = :kelurahan,
        rw = :rw,
        rt = :rt,
        area_shares = CAST(:area_shares AS jsonb)
    WHERE
        usulan.city_id = :city_id
        AND usulan.usulan_id = :usulan_id
        AND (
            ST_AsBinary(usulan.geom) IS DISTINCT FROM ST_AsBinary(CAST(:geom AS geometry))
            OR (CAST(:geom AS geometry) IS NULL AND usulan.area_code <> :area_code)
        )
    RETURNING
        usulan.city_id,
        usulan.usulan_id
)

-- It was elsewhere: what other editions said of it is no longer so.
DELETE FROM peta.other_place AS place
USING moved
WHERE
    place.city_id = moved.city_id
    AND place.usulan_id = moved.usulan_id
