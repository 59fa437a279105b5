-- The usulan of a city counted anew, from the tables and by the rules of publication, without the views that the public reads
-- and without the index: what both must agree with. In sets, where the views look up row by row.
-- in:  city_id; level (of the areas, kota to rt); by (array of column names: which of the columns below are told apart); within
--      (array of area codes, or null for all)
-- out: area (null: without a public area at the level); listed (not a draft, merged or withdrawn) and newest (no later listed
--      record of its lineage); category, group_code, status, stage, year, funding, channel (null unless in `by`); count, cost (of
--      cost_known usulan), beneficiaries, supporters; unlocated (how many have no public position). Areas are those of the active
--      edition.
WITH
-- What is published, and where it stands in the edition of its own row: a private need where it was kept, if it was.
published AS (
    SELECT
        usulan.*,
        category.group_code,
        category.precision,
        active.edition_id AS active_id,
        usulan.status NOT IN ('draf', 'digabung', 'dibatalkan') AS listed,
        CASE WHEN kept.usulan_id IS NULL THEN usulan.kota ELSE kept.kota END AS own_kota,
        CASE WHEN kept.usulan_id IS NULL THEN usulan.kecamatan ELSE kept.kecamatan END AS own_kecamatan,
        CASE WHEN kept.usulan_id IS NULL THEN usulan.kelurahan ELSE kept.kelurahan END AS own_kelurahan,
        CASE WHEN kept.usulan_id IS NULL THEN usulan.rw ELSE kept.rw END AS own_rw
    FROM peta.usulan AS usulan
    INNER JOIN peta.category AS category ON usulan.category = category.code
    LEFT JOIN peta.boundary_edition AS active
        ON
            usulan.city_id = active.city_id
            AND active.active
    LEFT JOIN peta.other_place AS kept
        ON
            usulan.city_id = kept.city_id
            AND usulan.usulan_id = kept.usulan_id
            AND usulan.edition_id = kept.edition_id
            AND category.precision <> 'exact'
    WHERE
        usulan.city_id = :city_id
        AND usulan.published
),

compared AS (
    SELECT
        published.*,
        MAX(published.sequence) FILTER (WHERE published.listed) OVER (PARTITION BY published.lineage_id) AS last_listed,
        COUNT(*) FILTER (WHERE published.listed)
            OVER (PARTITION BY published.edition_id, published.own_rw, published.category, published.year)
            AS listed_alike
    FROM published
),

-- The areas that the public may see it in, in the edition of its own row. The RW of a private need is among them where enough
-- households live and it is one of several of its kind.
shown AS (
    SELECT
        compared.*,
        CASE
            WHEN compared.precision = 'exact' THEN compared.rw
            WHEN compared.precision = 'rw' AND own_area.households >= 10 AND compared.listed_alike > 1 THEN compared.own_rw
        END AS shown_rw
    FROM compared
    LEFT JOIN peta.area AS own_area
        ON
            compared.city_id = own_area.city_id
            AND compared.edition_id = own_area.edition_id
            AND compared.own_rw = own_area.code
),

-- The same under the active edition: its own areas, those that were found for it there, or those that hold its public area.
placed AS (
    SELECT
        shown.*,
        CASE
            WHEN shown.edition_id = shown.active_id
                THEN
                    ARRAY[
                        shown.own_kota,
                        shown.own_kecamatan,
                        shown.own_kelurahan,
                        shown.shown_rw,
                        CASE WHEN shown.precision = 'exact' THEN shown.rt END
                    ]
            WHEN place.usulan_id IS NULL
                THEN ARRAY[holder.kota, holder.kecamatan, holder.kelurahan, holder.rw, holder.rt]
            WHEN shown.precision = 'exact'
                THEN ARRAY[place.kota, place.kecamatan, place.kelurahan, place.rw, place.rt]
            ELSE ARRAY[place.kota, place.kecamatan, place.kelurahan, NULL, NULL]
        END AS areas
    FROM shown
    LEFT JOIN peta.other_place AS place
        ON
            shown.city_id = place.city_id
            AND shown.usulan_id = place.usulan_id
            AND shown.active_id = place.edition_id
    LEFT JOIN peta.area_counterpart AS holder
        ON
            shown.city_id = holder.city_id
            AND shown.edition_id = holder.edition_id
            AND shown.active_id = holder.other_edition_id
            AND CASE
                WHEN shown.precision = 'exact' THEN shown.area_code
                ELSE COALESCE(shown.shown_rw, shown.own_kelurahan, shown.own_kecamatan, shown.own_kota)
            END = holder.code
),

told AS (
    SELECT
        area.code AS area,
        placed.listed,
        placed.sequence >= COALESCE(placed.last_listed, 0) AS newest,
        CASE WHEN 'category' = ANY(asked.by) THEN placed.category END AS category,
        CASE WHEN 'group' = ANY(asked.by) THEN placed.group_code END AS group_code,
        CASE WHEN 'status' = ANY(asked.by) THEN placed.status END AS status,
        CASE WHEN 'stage' = ANY(asked.by) THEN placed.stage END AS stage,
        CASE WHEN 'year' = ANY(asked.by) THEN placed.year END AS year,
        CASE WHEN 'funding' = ANY(asked.by) THEN placed.funding END AS funding,
        CASE WHEN 'channel' = ANY(asked.by) THEN placed.channel END AS channel,
        placed.estimated_cost,
        placed.beneficiaries,
        placed.supporters,
        placed.precision = 'count' OR placed.position IS NULL AS is_unlocated
    FROM placed
    CROSS JOIN
        (
            SELECT
                CAST(:by AS text[]) AS by,
                CAST(:within AS text[]) AS within,
                ARRAY_POSITION(ARRAY['kota', 'kecamatan', 'kelurahan', 'rw', 'rt'], CAST(:level AS text)) AS level
        ) AS asked
    LEFT JOIN peta.area AS area
        ON
            placed.city_id = area.city_id
            AND placed.active_id = area.edition_id
            AND placed.areas[asked.level] = area.code
    WHERE
        asked.within IS NULL
        OR placed.areas && asked.within
)

SELECT
    told.area,
    told.listed,
    told.newest,
    told.category,
    told.group_code,
    told.status,
    told.stage,
    told.year,
    told.funding,
    told.channel,
    COUNT(*) AS count,
    SUM(COALESCE(told.estimated_cost, 0)) AS cost,
    COUNT(told.estimated_cost) AS cost_known,
    SUM(COALESCE(told.beneficiaries, 0)) AS beneficiaries,
    SUM(told.supporters) AS supporters,
    COUNT(*) FILTER (WHERE told.is_unlocated) AS unlocated
FROM told
GROUP BY
    told.area,
    told.listed,
    told.newest,
    told.category,
    told.group_code,
    told.status,
    told.stage,
    told.year,
    told.funding,
    told.channel
