-- A crosswalk from one edition to another.
-- in:  rows by COPY, columns as listed
-- out: nothing
COPY peta.area_crosswalk (
    city_id,
    edition_id,
    other_edition_id,
    code,
    other_code,
    level,
    m2,
    area_share,
    people,
    population_share,
    basis
) FROM STDIN
