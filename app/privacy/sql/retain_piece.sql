-- Of some usulan of a city, in the order of their ids: erase contacts, answers and closed words of those that were closed long enough ago.
-- in:  city_id; after (the id that the last piece ended with); closed (statuses); now; most (usulan in a piece)
-- out: last (id that this piece ends with, null when there was none left); usulan, contacts, answers, words: how many lost something, and how many rows of each
WITH piece AS (
    SELECT
        usulan.city_id,
        usulan.usulan_id,
        usulan.status,
        COALESCE(usulan.status_since, usulan.updated) AS since
    FROM peta.usulan AS usulan
    WHERE
        usulan.city_id = :city_id
        AND usulan.usulan_id > :after
    ORDER BY usulan.usulan_id
    LIMIT :most
),

old AS (
    SELECT
        piece.city_id,
        piece.usulan_id
    FROM piece
    INNER JOIN peta.city AS city ON piece.city_id = city.city_id
    WHERE
        piece.status = ANY(CAST(:closed AS text[]))
        AND piece.since < CAST(:now AS timestamptz) - MAKE_INTERVAL(months => city.contact_months)
),

contact AS (
    DELETE FROM peta.proposer AS proposer
    USING old
    WHERE
        proposer.city_id = old.city_id
        AND proposer.usulan_id = old.usulan_id
    RETURNING proposer.usulan_id
),

answered AS (
    DELETE FROM peta.answer AS answer
    USING old
    WHERE
        answer.city_id = old.city_id
        AND answer.usulan_id = old.usulan_id
    RETURNING answer.usulan_id
),

closed_words AS (
    DELETE FROM peta.redaction AS redaction
    USING old
    WHERE
        redaction.city_id = old.city_id
        AND redaction.usulan_id = old.usulan_id
    RETURNING redaction.usulan_id
),

touched AS (
    SELECT contact.usulan_id FROM contact
    UNION
    SELECT answered.usulan_id FROM answered
    UNION
    SELECT closed_words.usulan_id FROM closed_words
)

SELECT
    (
        SELECT piece.usulan_id
        FROM piece
        ORDER BY piece.usulan_id DESC
        LIMIT 1
    ) AS last,
    (SELECT COUNT(*) FROM touched) AS usulan,
    (SELECT COUNT(*) FROM contact) AS contacts,
    (SELECT COUNT(*) FROM answered) AS answers,
    (SELECT COUNT(*) FROM closed_words) AS words
