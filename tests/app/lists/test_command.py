"""What `peta usulan load` prints for programs, and what the planner knows after it."""

from tests.app.lists.loading import INSIDE, PROBLEM, load

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
