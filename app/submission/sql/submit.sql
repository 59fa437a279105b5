-- One submission: the usulan, its first event, the contact behind it, the key it was sent with and word of it, all or nothing.
-- in:  the columns of peta.usulan, its event, proposer and submission; has_contact (boolean); key (text or null)
-- out: whether the edition it was placed in is still the active one (else the caller must undo it: the next activation waits for
--      this transaction, one that was quicker is seen here); no row when the number is taken, and then nothing was written
WITH new_usulan AS (
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
    VALUES (
        :city_id,
        :usulan_id,
        :number,
        :tracking_hash,
        :year,
        :category,
        :title,
        :problem,
        :address,
        :landmark,
        :volume,
        :unit,
        :estimated_cost,
        :beneficiaries,
        :severity,
        :inclusion,
        ST_GeomFromWKB(:geom, 4326),
        ST_GeomFromWKB(:position, 4326),
        :cell,
        :accuracy_m,
        :edition_id,
        :area_code,
        :kota,
        :kecamatan,
        :kelurahan,
        :rw,
        :rt,
        CAST(CAST(:area_shares AS text) AS jsonb),
        :declared_area,
        :doubts,
        :funding,
        :status,
        NULL,
        :published,
        :lineage_id,
        :sequence,
        :continues_id,
        'warga',
        :created,
        :created
    )
    ON CONFLICT (city_id, number) DO NOTHING
    RETURNING city_id, usulan_id
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
        :created,
        :kind,
        NULL,
        :status,
        NULL,
        :actor_role,
        :area_code,
        NULL,
        NULL,
        CAST('{}' AS jsonb),
        :nonce,
        NULL,
        :hash
    FROM new_usulan
),

contact AS (
    INSERT INTO peta.proposer (city_id, usulan_id, name, phone, email, role, consented)
    SELECT
        new_usulan.city_id,
        new_usulan.usulan_id,
        CAST(:contact_name AS text),
        CAST(:contact_phone AS text),
        CAST(:contact_email AS text),
        CAST(:contact_role AS text),
        CAST(:consented AS timestamptz)
    FROM new_usulan
    WHERE CAST(:has_contact AS boolean)
),

kept_key AS (
    INSERT INTO peta.submission (city_id, key, body_digest, usulan_id, created)
    SELECT
        new_usulan.city_id,
        CAST(:key AS text),
        :body_digest,
        new_usulan.usulan_id,
        :created
    FROM new_usulan
    WHERE CAST(:key AS text) IS NOT NULL
),

told AS (
    INSERT INTO peta.change (city_id, usulan_id)
    SELECT
        new_usulan.city_id,
        new_usulan.usulan_id
    FROM new_usulan
    WHERE CAST(:published AS boolean)
)

SELECT
    (
        SELECT edition.active
        FROM peta.boundary_edition AS edition
        WHERE
            edition.city_id = new_usulan.city_id
            AND edition.edition_id = CAST(:edition_id AS integer)
    ) AS is_current
FROM new_usulan
