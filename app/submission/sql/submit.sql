-- Submissions that came in one moment: of each the usulan, its first event, the contact behind it, the key it was sent with and
-- word of it, all or nothing, and nothing where what its writer knew of city, edition and category is no longer so.
-- in:  records (JSON, a list): of each what is known of the city: city_id, time_zone, publication (text or null), edition_id (the
--      active one), loaded (when its areas last changed); of the category: category, precision, shapes (its geometry types);
--      number; the other columns of peta.usulan; nonce, hash (of the event); contact (or null); key (or null), body_digest;
--      senders (bucket and most of whoever may be bound), span (its beginning). No key and no sender comes twice in one list.
--      kind, actor_role (of the events)
-- out: usulan_id, is_free (nobody has the number), is_too_often (one of the senders has sent his most in this span), is_written; a
--      row for each of which what was known is so. Free, not too often and not written: the key is taken. What its key led to
--      before is not counted again, and what one sender is refused is not counted for the others; but for those who come in the
--      same moment for the last that one may send. The next activation waits for this transaction, one that was quicker is seen
--      here. Of two that draw the same number in the same moment one is not written; with a key it is refused by the key's reference
WITH sent AS MATERIALIZED (
    SELECT
        one.usulan_id,
        one.number,
        one.city_id,
        one.time_zone,
        one.publication,
        one.edition_id,
        one.loaded,
        one.category,
        one.precision,
        one.shapes,
        one.key,
        one.body_digest,
        one.span,
        one.senders,
        one.nonce,
        one.hash,
        one.contact,
        one.tracking_hash,
        one.year,
        one.title,
        one.problem,
        one.address,
        one.landmark,
        one.volume,
        one.unit,
        one.estimated_cost,
        one.beneficiaries,
        one.severity,
        one.inclusion,
        one.geom,
        one.position,
        one.cell,
        one.accuracy_m,
        one.area_code,
        one.kota,
        one.kecamatan,
        one.kelurahan,
        one.rw,
        one.rt,
        one.area_shares,
        one.declared_area,
        one.doubts,
        one.funding,
        one.status,
        one.published,
        one.lineage_id,
        one.sequence,
        one.continues_id,
        one.created
    FROM
        JSON_TO_RECORDSET(CAST(:records AS json))
            AS one (
                usulan_id uuid,
                number text,
                city_id smallint,
                time_zone text,
                publication text,
                edition_id integer,
                loaded timestamptz,
                category text,
                precision text,
                shapes text[],
                key text,
                body_digest bytea,
                span timestamptz,
                senders json,
                nonce bytea,
                hash bytea,
                contact json,
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
),

known AS MATERIALIZED (
    SELECT
        sent.usulan_id,
        NOT EXISTS (
            SELECT 1
            FROM peta.usulan AS numbered
            WHERE
                numbered.city_id = sent.city_id
                AND numbered.number = sent.number
        ) AS is_free,
        NOT EXISTS (
            SELECT 1
            FROM peta.submission AS earlier
            WHERE
                earlier.city_id = sent.city_id
                AND earlier.key = sent.key
        ) AS is_new
    FROM sent
    INNER JOIN peta.city AS city ON sent.city_id = city.city_id
    INNER JOIN peta.boundary_edition AS edition
        ON
            sent.city_id = edition.city_id
            AND sent.edition_id = edition.edition_id
    INNER JOIN peta.category AS category ON sent.category = category.code
    WHERE
        city.time_zone = sent.time_zone
        AND city.publication IS NOT DISTINCT FROM sent.publication
        AND edition.active
        AND edition.loaded = sent.loaded
        AND category.precision = sent.precision
        AND category.geometry = sent.shapes
),

sender AS MATERIALIZED (
    SELECT
        sent.usulan_id,
        sent.span,
        counted.bucket,
        counted.most
    FROM sent
    INNER JOIN known ON sent.usulan_id = known.usulan_id
    CROSS JOIN JSON_TO_RECORDSET(sent.senders) AS counted (bucket bytea, most integer)
    WHERE
        known.is_free
        AND known.is_new
),

used_up AS MATERIALIZED (
    SELECT sender.usulan_id
    FROM sender
    INNER JOIN peta.attempt AS earlier
        ON
            sender.bucket = earlier.bucket
            AND sender.span = earlier.began
    WHERE earlier.count >= sender.most
),

passed AS (
    INSERT INTO peta.attempt AS attempt (bucket, began, count)
    SELECT
        sender.bucket,
        sender.span,
        1
    FROM sender
    WHERE sender.usulan_id NOT IN (SELECT used_up.usulan_id FROM used_up)
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

refused AS MATERIALIZED (
    SELECT sender.usulan_id
    FROM sender
    WHERE sender.bucket NOT IN (SELECT passed.bucket FROM passed)
),

permitted AS MATERIALIZED (
    SELECT known.usulan_id
    FROM known
    WHERE
        known.is_free
        AND known.is_new
        AND known.usulan_id NOT IN (SELECT refused.usulan_id FROM refused)
),

kept_key AS (
    INSERT INTO peta.submission (city_id, key, body_digest, usulan_id, created)
    SELECT
        sent.city_id,
        sent.key,
        sent.body_digest,
        sent.usulan_id,
        sent.created
    FROM sent
    INNER JOIN permitted ON sent.usulan_id = permitted.usulan_id
    WHERE sent.key IS NOT NULL
    ORDER BY sent.city_id, sent.key
    ON CONFLICT (city_id, key) DO NOTHING
    RETURNING usulan_id
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
        sent.city_id,
        sent.usulan_id,
        sent.number,
        sent.tracking_hash,
        sent.year,
        sent.category,
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
        sent.edition_id,
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
    FROM sent
    INNER JOIN permitted ON sent.usulan_id = permitted.usulan_id
    WHERE
        sent.key IS NULL
        OR sent.usulan_id IN (SELECT kept_key.usulan_id FROM kept_key)
    ORDER BY sent.city_id, sent.number
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
        sent.nonce,
        NULL,
        sent.hash
    FROM new_usulan
    INNER JOIN sent ON new_usulan.usulan_id = sent.usulan_id
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
    INNER JOIN sent ON new_usulan.usulan_id = sent.usulan_id
    CROSS JOIN JSON_TO_RECORD(sent.contact) AS person (name text, phone text, email text, role text, language text)
    WHERE sent.contact IS NOT NULL
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
    known.usulan_id,
    known.is_free,
    known.usulan_id IN (SELECT refused.usulan_id FROM refused) AS is_too_often,
    known.usulan_id IN (SELECT new_usulan.usulan_id FROM new_usulan) AS is_written
FROM known
