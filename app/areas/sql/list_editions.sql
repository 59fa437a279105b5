-- The boundary editions of a city, the newest last.
-- in:  city_id
-- out: edition, active, status, source, licence, loaded, and areas per level
SELECT
    edition.name AS edition,
    edition.active,
    edition.status,
    edition.source,
    edition.licence,
    edition.loaded,
    COUNT(*) FILTER (WHERE area.level = 'kota') AS kota,
    COUNT(*) FILTER (WHERE area.level = 'kecamatan') AS kecamatan,
    COUNT(*) FILTER (WHERE area.level = 'kelurahan') AS kelurahan,
    COUNT(*) FILTER (WHERE area.level = 'rw') AS rw,
    COUNT(*) FILTER (WHERE area.level = 'rt') AS rt
FROM peta.boundary_edition AS edition
LEFT JOIN peta.area AS area
    ON
        edition.city_id = area.city_id
        AND edition.edition_id = area.edition_id
WHERE edition.city_id = :city_id
GROUP BY edition.city_id, edition.edition_id
ORDER BY edition.edition_id
