-- Where one edition counts what another knows by its areas alone.
-- in:  rows by COPY, columns as listed
-- out: nothing
COPY peta.area_counterpart (
    city_id,
    edition_id,
    code,
    other_edition_id,
    other_code,
    kota,
    kecamatan,
    kelurahan,
    rw,
    rt
) FROM STDIN
