"""`peta usulan load`: every row is created, updated, unchanged or rejected, and nothing is lost."""

import pytest

from tests.app.lists.loading import HEADER, INSIDE, PROBLEM, counts, load, load_path, rejects

GEOMETRY_HEADER = "source_id;title;problem;category;geometry"


def test_a_row_becomes_a_placed_usulan_with_its_history(city):
    outcome = load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", more=("--year", "2027"))

    assert counts(outcome) == (1, 0, 0, 0)
    assert city.rows(
        "SELECT title, year, kelurahan, kecamatan, kota, status, source, source_id, published"
        " FROM peta.usulan"
    ) == [
        (
            "Jalan rusak",
            2027,
            "33.72.01.1001",
            "33.72.01",
            "33.72",
            "diajukan",
            "berkas",
            "K1",
            True,
        )
    ]
    assert city.rows("SELECT sequence, kind, to_status FROM peta.usulan_event") == [
        (1, "pengajuan", "diajukan")
    ]


def test_the_same_file_twice_changes_nothing(city):
    lines = (f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", f",Got mampet,{PROBLEM},SP03,{INSIDE}")
    load(city, *lines)
    before = city.rows("SELECT usulan_id, xmin::text FROM peta.usulan ORDER BY 1")

    again = load(city, *lines)

    assert counts(again) == (0, 0, 2, 0)
    assert city.rows("SELECT usulan_id, xmin::text FROM peta.usulan ORDER BY 1") == before
    assert city.rows("SELECT COUNT(*) FROM peta.usulan_event") == [(2,)]


def test_a_row_without_a_key_is_known_by_its_contents(city):
    line = f",Jalan rusak,{PROBLEM},SP01,{INSIDE}"

    outcome = load(city, line, line, f",Jalan becek,{PROBLEM},SP01,{INSIDE}")

    assert counts(outcome) == (2, 0, 1, 0)


def test_a_changed_row_replaces_the_record_and_continues_its_history(city):
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}")

    outcome = load(city, f"K1,Jalan rusak parah,{PROBLEM},SP01,110.815,-7.565")

    assert counts(outcome) == (0, 1, 0, 0)
    assert city.rows("SELECT title, kelurahan FROM peta.usulan") == [
        ("Jalan rusak parah", "33.72.01.1002")
    ]
    events = city.rows("SELECT kind, previous, hash FROM peta.usulan_event ORDER BY sequence")
    assert [kind for kind, _, _ in events] == ["pengajuan", "perubahan"]
    assert events[1][1] == events[0][2]


def test_a_record_keeps_its_year_and_another_year_is_rejected_with_its_number(city):
    lines = (f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", f",Got mampet,{PROBLEM},SP03,{INSIDE}")
    load(city, *lines, more=("--year", "2026"))
    before = city.rows("SELECT number, year, xmin::text FROM peta.usulan ORDER BY 1")

    outcome = load(city, *lines, more=("--year", "2027"))

    assert outcome.status == 1
    assert counts(outcome) == (0, 0, 0, 2)
    assert outcome.report["reasons"] == {"TAHUN_BERBEDA": 2}
    assert before[0][0] in rejects(city)[0]["_alasan"] + rejects(city)[1]["_alasan"]
    assert city.rows("SELECT number, year, xmin::text FROM peta.usulan ORDER BY 1") == before
    assert city.rows("SELECT COUNT(*) FROM peta.usulan_event") == [(2,)]


def test_the_year_of_the_command_does_not_touch_rows_that_name_their_own(city):
    header = f"{HEADER},year"
    line = f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},2025"
    load(city, line, header=header, more=("--year", "2026"))

    again = load(city, line, header=header, more=("--year", "2027"))
    moved = load(city, line.replace("2025", "2028"), header=header)

    assert counts(again) == (0, 0, 1, 0)
    assert counts(moved) == (0, 0, 0, 1)
    assert city.rows("SELECT year FROM peta.usulan") == [(2025,)]


def test_a_list_without_its_year_changes_records_of_any_year(city):
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", more=("--year", "2031"))

    same = load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}")
    changed = load(city, f"K1,Jalan becek,{PROBLEM},SP01,{INSIDE}")

    assert (counts(same), counts(changed)) == ((0, 0, 1, 0), (0, 1, 0, 0))
    assert city.rows("SELECT title, year FROM peta.usulan") == [("Jalan becek", 2031)]


def test_what_is_written_otherwise_but_means_the_same_leaves_no_event(city):
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}")

    header = f"{HEADER},channel,reason,updated_at"
    line = f'K1,Jalan rusak,{PROBLEM},SP01,"110,8050",-7.5650,Musrenbang,tanpa arti,2026-02-25'
    outcome = load(city, line, header=header)

    assert counts(outcome) == (0, 0, 1, 0)
    assert city.rows("SELECT COUNT(*) FROM peta.usulan_event") == [(1,)]


def test_a_refusal_told_with_other_words_is_an_event_with_those_words(city):
    header = f"{HEADER},status,reason_code,reason"
    row = f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},ditolak,A03"
    load(city, f"{row},Lahan milik pribadi", header=header)

    outcome = load(city, f"{row},Lahan milik keluarga", header=header)

    assert counts(outcome) == (0, 1, 0, 0)
    last = "SELECT kind, reason FROM peta.usulan_event ORDER BY sequence DESC LIMIT 1"
    assert city.rows(last) == [("perubahan", "Lahan milik keluarga")]


def test_a_key_with_two_contents_in_one_file_is_rejected_once(city):
    outcome = load(
        city,
        f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}",
        f"K1,Jalan lain,{PROBLEM},SP01,{INSIDE}",
    )

    assert counts(outcome) == (1, 0, 0, 1)
    assert rejects(city)[0]["_kode_alasan"] == "KUNCI_GANDA"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"K1,Jalan rusak,{PROBLEM},SP01,112.0,-7.5", "LUAR_WILAYAH"),
        (f"K1,Jalan rusak,{PROBLEM},SP01,-7.565,110.805", "BUJUR_LINTANG_TERTUKAR"),
        (f"K1,Jalan rusak,{PROBLEM},SP01,110.805,", "GEOMETRI_TIDAK_SAH"),
        (f"K1,Jalan rusak,{PROBLEM},SP01,abc,-7.5", "ANGKA_TIDAK_SAH"),
        (f"K1,Jalan rusak,{PROBLEM},SP01,NaN,-7.5", "ANGKA_TIDAK_SAH"),
        (f"K1,Jalan rusak,{PROBLEM},SP01,1e400,-7.5", "ANGKA_TIDAK_SAH"),
        (f"K1,Jalan rusak,{PROBLEM},XX99,{INSIDE}", "KATEGORI_TIDAK_DIKENAL"),
        (f"K1,,{PROBLEM},SP01,{INSIDE}", "WAJIB_DIISI"),
        (f"K1,Jalan rusak,pendek,SP01,{INSIDE}", "TERLALU_PENDEK"),
        (f"K1,{'x' * 101},{PROBLEM},SP01,{INSIDE}", "TERLALU_PANJANG"),
        (f"K1,Jalan\x00rusak,{PROBLEM},SP01,{INSIDE}", "AKSARA_TIDAK_SAH"),
        (f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},lebih", "SUSUNAN_BARIS"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_the_others_are_loaded(city, line, reason):
    outcome = load(city, line, f"K2,Jalan rusak,{PROBLEM},SP01,{INSIDE}")

    (rejected,) = rejects(city)
    assert outcome.status == 0
    assert counts(outcome) == (1, 0, 0, 1)
    assert (rejected["_baris"], rejected["_kode_alasan"]) == ("2", reason)
    assert outcome.report["outside"] == (reason == "LUAR_WILAYAH")


def test_rejects_can_be_corrected_and_loaded_again(city):
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,-7.565,110.805", f"K2,=A1,{PROBLEM},XX,{INSIDE}")
    corrected = (city.folder / "daftar.csv.rejected.csv").read_text(encoding="utf-8-sig")
    corrected = corrected.replace("-7.565,110.805", INSIDE).replace(",XX,", ",SP01,")

    again = load_path(city, city.file("betul.csv", corrected))

    assert counts(again) == (2, 0, 0, 0)
    assert city.rows("SELECT title FROM peta.usulan ORDER BY source_id") == [
        ("Jalan rusak",),
        ("=A1",),
    ]


def test_no_cell_of_the_rejects_is_a_formula(city):
    for start in ("=", "+", "-", "@"):
        load(city, f"K1,{start}cmd|' /C calc'!A0,{PROBLEM},XX,{INSIDE}")

        assert rejects(city)[0]["title"].startswith(f"'{start}")


def test_a_row_without_a_position_is_kept_and_counted(city):
    header = f"{HEADER},area"
    lines = (
        f"K1,Jalan rusak,{PROBLEM},SP01,,,33.72.01.1002",
        f"K2,Jalan rusak,{PROBLEM},SP01,,,",
        f"K3,Jalan rusak,{PROBLEM},SP01,,,33.72.09",
        f"K4,Jalan rusak,{PROBLEM},SP01,{INSIDE},33.72.01.1002",
    )

    outcome = load(city, *lines, header=header)

    assert outcome.report["unlocated"] == 2
    assert rejects(city)[0]["_kode_alasan"] == "WILAYAH_TIDAK_DIKENAL"
    assert city.rows(
        "SELECT source_id, area_code, position IS NULL, doubts FROM peta.usulan ORDER BY 1"
    ) == [
        ("K1", "33.72.01.1002", True, []),
        ("K2", "33.72", True, []),
        ("K4", "33.72.01.1001", False, ["beda_deklarasi", "tanpa_rt"]),
    ]


def test_lines_and_surfaces_come_as_wkt_or_geojson(city):
    header = GEOMETRY_HEADER
    line = '{"type": "LineString", "coordinates": [[110.805, -7.565], [110.812, -7.565]]}'
    quoted = line.replace('"', '""')

    outcome = load(
        city,
        f"K1;Jalan rusak;{PROBLEM};SP01;LINESTRING (110.808 -7.565, 110.815 -7.565)",
        f'K2;Jalan rusak;{PROBLEM};SP01;"{quoted}"',
        f"K3;Jalan rusak;{PROBLEM};SP07;LINESTRING (110.808 -7.565, 110.815 -7.565)",
        f"K4;Jalan rusak;{PROBLEM};SP01;POINT EMPTY",
        f"K5;Jalan rusak;{PROBLEM};SP01;SELECT 1",
        header=header,
    )

    assert counts(outcome) == (2, 0, 0, 3)
    assert outcome.report["reasons"] == {"GEOMETRI_TIDAK_SAH": 3}
    # 5 of 7 thousandths of a degree lie in 1002; of the other, 5 of 7 in 1001
    assert city.rows("SELECT area_code FROM peta.usulan ORDER BY source_id") == [
        ("33.72.01.1002",),
        ("33.72.01.1001",),
    ]


def test_a_line_that_leaves_the_city_and_returns_stands_inside_it(city):
    # 12 thousandths of a degree inside (10 and 2), 5 outside; its middle lies outside.
    path = "110.81 -7.565, 110.822 -7.565, 110.822 -7.566, 110.818 -7.566"

    load(city, f"K1;Jalan rusak;{PROBLEM};SP01;LINESTRING ({path})", header=GEOMETRY_HEADER)

    assert city.rows("SELECT ST_X(position), ST_Y(position), kelurahan FROM peta.usulan") == [
        (pytest.approx(110.815, abs=1e-6), pytest.approx(-7.565, abs=1e-6), "33.72.01.1002")
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_and_separator_are_found_out(city, separator, encoding):
    text = f"{HEADER}\nK1,Jalan é rusak,{PROBLEM},SP01,{INSIDE}\n".replace(",", separator)

    outcome = load_path(city, city.file("daftar.csv", text.encode(encoding)))

    assert counts(outcome) == (1, 0, 0, 0)
    assert city.rows("SELECT title FROM peta.usulan") == [("Jalan é rusak",)]


def test_a_mapping_names_columns_values_and_defaults(city):
    mapping = city.file(
        "peta.toml",
        '[columns]\ntitle = "Judul Usulan"\nlongitude = "X"\nlatitude = "Y"\n'
        '[values.severity]\n"parah" = "3"\n'
        f'[defaults]\ncategory = "SP01"\nproblem = "{PROBLEM}"\n',
    )

    outcome = load(
        city,
        'Jalan rusak;"110,805";"-7,565";PARAH',
        header="Judul Usulan;X;Y;severity",
        more=("--mapping", str(mapping)),
    )

    assert counts(outcome) == (1, 0, 0, 0)
    assert city.rows("SELECT title, category, severity, kelurahan FROM peta.usulan") == [
        ("Jalan rusak", "SP01", 3, "33.72.01.1001")
    ]


@pytest.mark.parametrize(
    "content",
    ["[kolom]\n", '[columns]\njudul = "x"\n', '[columns]\ntitle = "tidak ada"\n', "[columns", "\0"],
)
def test_a_mapping_that_cannot_be_meant_loads_nothing(city, content):
    mapping = city.file("peta.toml", content)

    outcome = load(
        city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", more=("--mapping", str(mapping))
    )

    assert outcome.status == 1
    assert city.rows("SELECT 1 FROM peta.usulan") == []


def test_strict_loads_nothing_when_one_row_is_rejected(city):
    good = f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}"

    outcome = load(city, good, "K2,x,y,z,,", more=("--strict",))

    assert outcome.status == 1
    assert city.rows("SELECT 1 FROM peta.usulan") == []
    assert len(rejects(city)) == 1


def test_a_dry_run_reports_and_stores_nothing(city):
    outcome = load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", more=("--dry-run",))

    assert counts(outcome) == (1, 0, 0, 0)
    assert city.rows("SELECT 1 FROM peta.usulan") == []


def test_a_city_without_boundaries_takes_no_list(installation):
    installation.peta("city", "add", "33.73", "Kota Salatiga")
    path = installation.file("daftar.csv", f"{HEADER}\nK1,a,b,c,1,2\n")

    outcome = installation.peta("usulan", "load", path, "--city", "33.73")

    assert outcome.status == 1
    assert "peta boundaries load" in outcome.stderr


def test_the_chain_of_hashes_of_a_loaded_row_holds(city):
    from app.usulan.history import DIGESTED, event_digest

    header = f"{HEADER},status"
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},musren_kec", header=header)

    columns = ", ".join(DIGESTED)
    previous = None
    for *values, nonce, before, digest in city.rows(
        f"SELECT {columns}, nonce, previous, hash FROM peta.usulan_event ORDER BY sequence"
    ):
        step = dict(zip(DIGESTED, values, strict=True))
        assert before == previous
        assert event_digest(step, nonce=nonce, previous=previous) == digest
        previous = digest


def test_degrees_that_end_in_a_blank_are_a_row_without_a_point(city):
    lines = (f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}", f"K2,Jalan rusak,{PROBLEM},SP01,,")

    outcome = load(city, *lines)

    assert (counts(outcome), outcome.report["unlocated"]) == ((2, 0, 0, 0), 1)


def test_everything_that_is_wrong_with_a_row_is_told_at_once(city):
    header = f"{HEADER},estimated_cost"
    lines = ("K1,Po,pendek,SP01,x,-7.565,abc", f"K2,Jalan rusak,{PROBLEM},SP01,,-7.565,def")

    outcome = load(city, *lines, header=header)

    assert counts(outcome) == (0, 0, 0, 2)
    first, second = (row["_alasan"] for row in rejects(city))
    for name in ("judul", "permasalahan", "bujur", "perkiraan biaya"):
        assert name in first
    # What cannot be read is not empty.
    assert "keduanya" not in first
    assert "keduanya" in second
    assert "perkiraan biaya" in second


def test_cells_that_are_shifted_are_not_judged_one_by_one(city):
    load(city, f"K1,Jalan rusak,{PROBLEM},SP01,x,y,berlebih")

    assert rejects(city)[0]["_alasan"] == "baris memuat lebih banyak sel daripada kolom"
