-- Places usulan in another edition.
-- in:  city_id; edition_id; now; places (JSON array of objects: usulan_id, area_code, a code or null for each level, shares,
--      doubts, and position (EWKB) and cell where they change)
-- out: nothing
UPDATE peta.usulan AS usulan
SET
    edition_id = :edition_id,
    area_code = found.area_code,
    kota = found.kota,
    kecamatan = found.kecamatan,
    kelurahan = found.kelurahan,
    rw = found.rw,
    rt = found.rt,
    area_shares = found.shares,
    doubts = found.doubts,
    position = COALESCE(CAST(found.position AS geometry), usulan.position),
    cell = COALESCE(found.cell, usulan.cell),
    status_since = COALESCE(usulan.status_since, usulan.updated),
    updated = :now
FROM
    JSONB_TO_RECORDSET(CAST(:places AS jsonb))
        AS found (
            usulan_id uuid,
            area_code text,
            kota text,
            kecamatan text,
            kelurahan text,
            rw text,
            rt text,
            shares jsonb,
            doubts text[],
            position text,
            cell bigint
        )
WHERE
    usulan.city_id = :city_id
    AND usulan.usulan_id = found.usulan_id
