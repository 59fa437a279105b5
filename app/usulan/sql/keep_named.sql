-- How much of what usulan are to name is there. It is kept there until the transaction ends, as the check of each row
-- would have it.
-- in:  city_id; editions (array of integer), codes (array of text of the same length); categories (array of text);
--      continued (array of uuid); none of them names anything twice
-- out: areas, categories, continued (how many there are of each)
WITH
kept_area AS MATERIALIZED (
    SELECT area.code
    FROM peta.area AS area
    INNER JOIN UNNEST(CAST(:editions AS integer[]), CAST(:codes AS text[])) AS named (edition_id, code)
        ON
            area.edition_id = named.edition_id
            AND area.code = named.code
    WHERE area.city_id = :city_id
    FOR KEY SHARE OF area
),

kept_category AS MATERIALIZED (
    SELECT category.code
    FROM peta.category AS category
    WHERE category.code = ANY(CAST(:categories AS text[]))
    FOR KEY SHARE
),

kept_usulan AS MATERIALIZED (
    SELECT usulan.usulan_id
    FROM peta.usulan AS usulan
    WHERE
        usulan.city_id = :city_id
        AND usulan.usulan_id = ANY(CAST(:continued AS uuid[]))
    FOR KEY SHARE
)

SELECT
    (SELECT COUNT(*) FROM kept_area) AS areas,
    (SELECT COUNT(*) FROM kept_category) AS categories,
    (SELECT COUNT(*) FROM kept_usulan) AS continued
