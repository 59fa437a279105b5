-- One usulan as a list has it now, but for where it is (place_changed.sql); its year stays, for the number carries it.
-- in:  city_id; usulan_id; every column that a list may change
-- out: nothing
UPDATE peta.usulan AS usulan
SET
    category = :category,
    title = :title,
    problem = :problem,
    address = :address,
    landmark = :landmark,
    volume = :volume,
    unit = :unit,
    estimated_cost = :estimated_cost,
    beneficiaries = :beneficiaries,
    severity = :severity,
    inclusion = CAST(:inclusion AS text[]),
    accuracy_m = :accuracy_m,
    declared_area = :declared_area,
    doubts = CAST(:doubts AS text[]),
    channel = :channel,
    funding = :funding,
    status = :status,
    stage = :stage,
    source_digest = :source_digest,
    status_since = CASE
        WHEN usulan.status = :status THEN COALESCE(usulan.status_since, usulan.updated)
    END,
    updated = :updated
WHERE
    usulan.city_id = :city_id
    AND usulan.usulan_id = :usulan_id
