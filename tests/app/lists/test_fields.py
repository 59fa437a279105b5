"""Fields of a list: which values are taken, which are refused, what they bring with them."""

from tests.app.lists.loading import HEADER, INSIDE, PROBLEM, counts, load, rejects


def test_a_status_brings_the_history_that_the_table_permits(city):
    header = f"{HEADER},status,created_at,updated_at"
    when = "25/02/2025,2025-03-10T10:00:00+07:00"

    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},prioritas_kel,{when}", header=header)

    assert city.rows("SELECT status, stage, year FROM peta.usulan") == [
        ("prioritas_kel", "musren_kel", 2026)
    ]
    assert city.rows(
        "SELECT from_status, to_status, actor_role, at AT TIME ZONE 'Asia/Jakarta' = '2025-02-25'"
        " FROM peta.usulan_event ORDER BY sequence"
    ) == [
        (None, "diajukan", "warga", True),
        ("diajukan", "verifikasi_kel", "operator_kelurahan", False),
        ("verifikasi_kel", "prioritas_kel", "operator_kelurahan", False),
    ]


def test_a_refusal_without_a_reason_is_rejected(city):
    header = f"{HEADER},status,reason_code,reason"
    row = f"Jalan rusak,{PROBLEM},SP01,{INSIDE},ditolak"

    outcome = load(
        city, f"K1,{row},,", f"K2,{row},A03,Lahan milik pribadi", "K3,x,y,z", header=header
    )

    assert outcome.report["reasons"]["ALASAN_WAJIB"] == 1
    assert city.rows("SELECT source_id, status FROM peta.usulan") == [("K2", "ditolak")]


def test_a_draft_cannot_come_from_a_file(city):
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},draf", header=f"{HEADER},status")

    assert rejects(city)[0]["_kode_alasan"] == "PILIHAN_TIDAK_SAH"


def test_contacts_are_kept_only_with_consent(city):
    header = f"{HEADER},proposer_name,proposer_phone,consent"
    row = f"Jalan rusak,{PROBLEM},SP01,{INSIDE},Sri,0812345678"

    outcome = load(city, f"K1,{row},ya", f"K2,{row},", header=header)

    assert outcome.report["reasons"] == {"PERSETUJUAN_WAJIB": 1}
    assert city.rows("SELECT name, phone FROM peta.proposer") == [("Sri", "0812345678")]


def test_a_point_groups_money_and_what_may_be_either_is_rejected_and_not_guessed(city):
    header = f"{HEADER},estimated_cost,volume"
    lines = (
        f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},15.000,",
        f'K2,Jalan rusak,{PROBLEM},SP01,{INSIDE},,"1,234"',
    )

    outcome = load(city, *lines, header=header)

    assert city.rows("SELECT source_id, estimated_cost FROM peta.usulan") == [("K1", 15_000)]
    assert outcome.report["remarks"] == {"estimated_cost: dot_may_be_decimal": 1}
    assert rejects(city)[0]["_kode_alasan"] == "ANGKA_TIDAK_SAH"
    assert "1.234 atau 1234" in rejects(city)[0]["_alasan"]


def test_any_known_unit_is_taken_as_the_api_takes_it(city):
    header = f"{HEADER},volume,unit"
    lines = (
        f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},2,sertifikat",
        f"K2,Jalan rusak,{PROBLEM},SP01,{INSIDE},2,ember",
    )

    outcome = load(city, *lines, header=header)

    assert counts(outcome) == (1, 0, 0, 1)
    assert city.rows("SELECT volume, unit FROM peta.usulan") == [(2, "sertifikat")]


def test_the_same_words_give_one_title_and_the_accuracy_has_its_limits(city):
    header = f"{HEADER},accuracy_m"
    lines = (
        f"K1,Jalan  rusak,{PROBLEM},SP01,{INSIDE},5",
        f"K2,Jalan rusak,{PROBLEM},SP01,{INSIDE},-5",
        f"K3,Jalan rusak,{PROBLEM},SP01,{INSIDE},1000000000",
    )

    outcome = load(city, *lines, header=header)

    assert counts(outcome) == (1, 0, 0, 2)
    assert city.rows("SELECT title, accuracy_m FROM peta.usulan") == [("Jalan rusak", 5)]
