-- One submission: the usulan, its first event, the contact behind it, the key it was sent with and word of it, all or nothing,
-- and nothing where what its writer knew of city, edition and category is no longer so.
-- in:  known of the city: city_id, time_zone, publication (text or null), edition_id (the active one), loaded (when its areas last
--      changed); of the category: category, precision, shapes (its geometry types); number; record (JSON: the other columns of
--      peta.usulan, for a type of their own would make another statement of those that are null); nonce, hash; contact (JSON or
--      null); key (text or null), body_digest; senders (JSON: bucket and most of whoever may be bound), span (its beginning)
-- out: is_known (what was known is so), is_free (nobody has the number), is_too_often (one of the senders has sent his most in this
--      span), is_written; one row. Known, free, not too often and not written: the key is taken. What its key led to before is not
--      counted again, and what one sender is refused is not counted for the others; but for those who come in the same moment for
--      the last that one may send. The next activation waits for this transaction, one that was quicker is seen here.
--      Of two that draw the same number in the same moment one is not written; with a key it is refused by the key's reference
WITH known AS MATERIALIZED (
    SELECT
        city.city_id,
        edition.edition_id,
        category.code AS category,
        NOT EXISTS (
            SELECT 1
            FROM peta.usulan AS numbered
            WHERE
                numbered.city_id = city.city_id
                AND numbered.number = CAST(:number AS text)
        ) AS is_free
    FROM peta.city AS city
    INNER JOIN peta.boundary_edition AS edition
        ON
            city.city_id = edition.city_id
            AND edition.edition_id = CAST(:edition_id AS integer)
    INNER JOIN peta.category AS category ON category.code = CAST(:category AS text)
    WHERE
        city.city_id = CAST(:city_id AS smallint)
        AND city.time_zone = CAST(:time_zone AS text)
        AND city.publication IS NOT DISTINCT FROM CAST(:publication AS text)
        AND edition.active
        AND edition.loaded = CAST(:loaded AS timestamptz)
        AND category.precision = CAST(:precision AS text)
        AND category.geometry = CAST(:shapes AS text[])
),

sender AS MATERIALIZED (
    SELECT
        counted.bucket,
        counted.most
    FROM JSON_TO_RECORDSET(CAST(:senders AS json)) AS counted (bucket bytea, most integer)
),

new_one AS MATERIALIZED (
    SELECT known.city_id
    FROM known
    WHERE
        known.is_free
        AND NOT EXISTS (
            SELECT 1
            FROM peta.submission AS earlier
            WHERE
                earlier.city_id = known.city_id
                AND earlier.key = CAST(:key AS text)
        )
),

used_up AS MATERIALIZED (
    SELECT sender.bucket
    FROM sender
    INNER JOIN peta.attempt AS earlier ON sender.bucket = earlier.bucket
    WHERE
        earlier.began = CAST(:span AS timestamptz)
        AND earlier.count >= sender.most
),

passed AS (
    INSERT INTO peta.attempt AS attempt (bucket, began, count)
    SELECT
        sender.bucket,
        CAST(:span AS timestamptz),
        1
    FROM new_one
    CROSS JOIN sender
    WHERE NOT EXISTS (SELECT 1 FROM used_up)
    ORDER BY sender.bucket
    ON CONFLICT (bucket, began) DO UPDATE
        SET count = attempt.count + 1
        WHERE
        attempt.count < (
            SELECT sender.most
            FROM sender
            WHERE sender.bucket = attempt.bucket -- noqa: RF01
        )
    RETURNING attempt.bucket
),

permitted AS MATERIALIZED (
    SELECT new_one.city_id
    FROM new_one
    WHERE (SELECT COUNT(*) FROM passed) = (SELECT COUNT(*) FROM sender)
),

kept_key AS (
    INSERT INTO peta.submission (city_id, key, body_digest, usulan_id, created)
    SELECT
        known.city_id,
        CAST(:key AS text),
        CAST(:body_digest AS bytea),
        sent.usulan_id,
        sent.created
    FROM known
    INNER JOIN permitted ON known.city_id = permitted.city_id
    CROSS JOIN JSON_TO_RECORD(CAST(:record AS json)) AS sent (usulan_id uuid, created timestamptz)
    WHERE CAST(:key AS text) IS NOT NULL
    ON CONFLICT (city_id, key) DO NOTHING
    RETURNING city_id
),

new_usulan AS (
    INSERT INTO peta.usulan (
        city_id,
        usulan_id,
        number,
        tracking_hash,
        year,
        category,
        title,
        problem,
        address,
        landmark,
        volume,
        unit,
        estimated_cost,
        beneficiaries,
        severity,
        inclusion,
        geom,
        position,
        cell,
        accuracy_m,
        edition_id,
        area_code,
        kota,
        kecamatan,
        kelurahan,
        rw,
        rt,
        area_shares,
        declared_area,
        doubts,
        funding,
        status,
        stage,
        published,
        lineage_id,
        sequence,
        continues_id,
        source,
        created,
        updated
    )
    SELECT
        known.city_id,
        sent.usulan_id,
        CAST(:number AS text),
        sent.tracking_hash,
        sent.year,
        known.category,
        sent.title,
        sent.problem,
        sent.address,
        sent.landmark,
        sent.volume,
        sent.unit,
        sent.estimated_cost,
        sent.beneficiaries,
        sent.severity,
        sent.inclusion,
        ST_SetSRID(sent.geom, 4326),
        ST_SetSRID(sent.position, 4326),
        sent.cell,
        sent.accuracy_m,
        known.edition_id,
        sent.area_code,
        sent.kota,
        sent.kecamatan,
        sent.kelurahan,
        sent.rw,
        sent.rt,
        sent.area_shares,
        sent.declared_area,
        sent.doubts,
        sent.funding,
        sent.status,
        NULL,
        sent.published,
        sent.lineage_id,
        sent.sequence,
        sent.continues_id,
        'warga',
        sent.created,
        sent.created AS updated
    FROM known
    INNER JOIN permitted ON known.city_id = permitted.city_id
    CROSS JOIN
        JSON_TO_RECORD(CAST(:record AS json))
            AS sent (
                usulan_id uuid,
                tracking_hash bytea,
                year smallint,
                title text,
                problem text,
                address text,
                landmark text,
                volume numeric,
                unit text,
                estimated_cost bigint,
                beneficiaries integer,
                severity smallint,
                inclusion text[],
                geom geometry,
                position geometry,
                cell bigint,
                accuracy_m double precision,
                area_code text,
                kota text,
                kecamatan text,
                kelurahan text,
                rw text,
                rt text,
                area_shares jsonb,
                declared_area text,
                doubts text[],
                funding text,
                status text,
                published boolean,
                lineage_id uuid,
                sequence smallint,
                continues_id uuid,
                created timestamptz
            )
    WHERE CAST(:key AS text) IS NULL OR EXISTS (SELECT 1 FROM kept_key)
    ON CONFLICT (city_id, number) DO NOTHING
    RETURNING
        city_id,
        usulan_id,
        area_code,
        status,
        published,
        created
),

first_event AS (
    INSERT INTO peta.usulan_event (
        city_id,
        usulan_id,
        sequence,
        at,
        kind,
        from_status,
        to_status,
        stage,
        actor_role,
        actor_area,
        reason_code,
        reason,
        details,
        nonce,
        previous,
        hash
    )
    SELECT
        new_usulan.city_id,
        new_usulan.usulan_id,
        1,
        new_usulan.created,
        CAST(:kind AS text),
        NULL,
        new_usulan.status,
        NULL,
        CAST(:actor_role AS text),
        new_usulan.area_code,
        NULL,
        NULL,
        CAST('{}' AS jsonb),
        CAST(:nonce AS bytea),
        NULL,
        CAST(:hash AS bytea)
    FROM new_usulan
),

contact AS (
    INSERT INTO peta.proposer (city_id, usulan_id, name, phone, email, role, consented, language)
    SELECT
        new_usulan.city_id,
        new_usulan.usulan_id,
        person.name,
        person.phone,
        person.email,
        person.role,
        new_usulan.created,
        person.language
    FROM new_usulan
    CROSS JOIN JSON_TO_RECORD(CAST(:contact AS json)) AS person (name text, phone text, email text, role text, language text)
    WHERE CAST(:contact AS text) IS NOT NULL
),

told AS (
    INSERT INTO peta.change (city_id, usulan_id)
    SELECT
        new_usulan.city_id,
        new_usulan.usulan_id
    FROM new_usulan
    WHERE new_usulan.published
)

SELECT
    EXISTS(SELECT 1 FROM known) AS is_known,
    EXISTS(
        SELECT 1 FROM known
        WHERE known.is_free
    ) AS is_free,
    EXISTS (SELECT 1 FROM new_one) AND NOT EXISTS (SELECT 1 FROM permitted) AS is_too_often,
    EXISTS(SELECT 1 FROM new_usulan) AS is_written
