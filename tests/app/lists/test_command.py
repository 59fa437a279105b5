"""What `peta usulan load` prints for programs, and what the planner knows after it."""

from app.cli.usulan_told import WORDS_OF_REASONS
from app.lists.reasons import Reason
from tests.app.base.conftest import KELURAHAN, collection
from tests.app.lists.loading import HEADER, INSIDE, PROBLEM, load

GOOD = f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE}"


def test_a_strict_refusal_ends_with_its_json_object(city):
    outcome = load(city, GOOD, "K2,x,y,z,,", more=("--strict",))

    assert outcome.status == 1
    assert (outcome.report["read"], outcome.report["rejected"]) == (2, 1)
    assert outcome.report["stored"] is False
    assert outcome.report["rejects_file"].endswith("daftar.csv.rejected.csv")
    assert city.rows("SELECT 1 FROM peta.usulan") == []


def test_a_load_leaves_the_planner_informed(city):
    known = (
        "SELECT relname, reltuples::int FROM pg_class WHERE relnamespace = 'peta'::regnamespace"
        " AND relname IN ('area', 'usulan', 'usulan_event') ORDER BY 1"
    )

    bounds = city.file("batas.geojson", collection((KELURAHAN, {"kode": "33.72.01.1001"})))
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025")
    assert city.peta("boundaries", "load", bounds, *options).status == 0
    load(city, GOOD, f"K2,Got mampet,{PROBLEM},SP03,{INSIDE}")

    # Two kelurahan with a kecamatan and the kota made above them.
    assert city.rows(known) == [
        ("area", 4),
        ("usulan", 2),
        ("usulan_event", 2),
    ]


def test_a_dry_run_leaves_the_planner_alone(city):
    counted = "SELECT last_analyze FROM pg_stat_user_tables WHERE relname = 'usulan'"
    before = city.rows(counted)

    load(city, GOOD, more=("--dry-run",))

    assert city.rows(counted) == before


def test_editions_are_listed_with_instants_of_iso_8601(city):
    [edition] = city.peta("boundaries", "list", "--city", "33.72", "--json").report["editions"]

    assert {name for name, value in edition.items() if str(value)[4:5] == "-"} != set()
    assert all(" " not in str(value) for value in edition.values() if str(value)[4:5] == "-")


def told(city, *lines: str) -> str:
    """What a person reads of a load."""
    path = city.file("daftar.csv", "\n".join((HEADER, *lines)) + "\n")
    return city.peta("usulan", "load", path, "--city", "33.72").stdout


def test_a_person_reads_why_rows_were_rejected_in_words_with_the_code_beside(city):
    said = told(city, GOOD, f"K2,Got mampet,{PROBLEM},SP01,-7.565,110.805")

    assert "1 baris: bujur dan lintang tertukar [BUJUR_LINTANG_TERTUKAR]" in said
    assert "contoh: baris 3: " in said


def test_an_unknown_category_names_the_nearest_ones_and_where_all_are_listed(city):
    said = told(city, GOOD, f"K2,Got mampet,{PROBLEM},Jalan lingkungn,{INSIDE}")

    assert "1 baris: kategori tidak dikenal [KATEGORI_TIDAK_DIKENAL]" in said
    assert "kategori 'Jalan lingkungn', 1 baris: mungkin Jalan lingkungan (SP01)" in said
    assert "peta usulan categories" in said


def test_every_reason_has_words_of_its_own():
    assert set(WORDS_OF_REASONS) == set(Reason)
    assert len(set(WORDS_OF_REASONS.values())) == len(Reason)


def test_a_far_row_is_told_in_kilometres_with_a_decimal_comma(city):
    # From the east edge at 110.82 to 111.48 are 0.66 degrees of 110.36 km each.
    said = told(city, GOOD, f"K2,Got mampet,{PROBLEM},SP01,111.48,-7.565")

    assert "di luar wilayah kota [LUAR_WILAYAH]" in said
    assert ", 72,8 km" in said


def test_a_row_with_a_point_is_not_told_to_lack_a_place_for_its_words(city):
    line = f"a1,Jalan rusak,{PROBLEM},SP01,{INSIDE},dekat pos ronda"
    path = city.file("daftar.csv", f"{HEADER},place\n{line}\n")

    told = city.peta("usulan", "load", path, "--city", "33.72").stdout

    assert "1 tanpa nama wilayah yang dikenali." in told
    assert "ditempatkan menurut titiknya" in told
    assert "tidak menyebut wilayah" not in told


def test_a_dry_run_in_words_says_how_many_it_did_not_show_and_by_what_it_read(city):
    rows = [f"K{each},Jalan rusak {each},{PROBLEM},SP01,{INSIDE}" for each in range(1_005)]
    path = city.file("daftar.csv", "\n".join((HEADER, *rows)) + "\n")

    told = city.peta("usulan", "load", path, "--city", "33.72", "--dry-run").stdout

    assert "dan 985 lagi; dengan --json paling banyak 1000 dari tiap jenis" in told
    assert "Kolom dibaca menurut: nama kolom" in told
