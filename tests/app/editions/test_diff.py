"""`peta boundaries diff`: what became of every area between two editions."""

import pytest

from tests.app.areas.test_load_boundaries import FOUR, geojson, square, surakarta
from tests.app.command import Installation, Outcome

__all__ = ["surakarta"]

PAJANG, LAWEYAN, JOYOTAKAN, DANUKUSUMAN = FOUR
AFTER = (
    ("33.72.01.1001", "Pajang", square(0, 0, width=0.5)),
    ("33.72.01.1003", "Pajang Timur", square(0.5, 0, width=0.5)),
    ("33.72.01.1002", "Laweyan Raya", square(1, 0)),
    ("33.72.02.1001", "Joyotakan", square(2, 0, width=1.25)),
    ("33.72.02.1002", "Danukusuman", square(3.25, 0, width=0.75)),
)


def load(place: Installation, edition: str, rows: tuple) -> None:
    path = place.file(f"{edition}.geojson", geojson(*rows))
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", edition)
    assert place.peta("boundaries", "load", path, *options).status == 0


@pytest.fixture
def two(surakarta: Installation) -> Installation:
    load(surakarta, "2025", FOUR)
    load(surakarta, "2026", AFTER)
    return surakarta


def diff(place: Installation, *options: str) -> Outcome:
    return place.peta("boundaries", "diff", "2025", "2026", "--city", "33.72", *options)


def test_every_area_of_the_older_edition_has_its_fate_told(two):
    outcome = diff(two, "--json")

    fates = {change["code"]: change["kind"] for change in outcome.report["changes"]}
    assert outcome.status == 0
    assert fates == {
        "33.72": "unchanged",
        "33.72.01": "unchanged",
        "33.72.02": "unchanged",
        "33.72.01.1001": "split",
        "33.72.01.1002": "renamed",
        "33.72.02.1001": "moved",
        "33.72.02.1002": "moved",
    }
    assert outcome.report["levels"]["kelurahan"] == {"renamed": 1, "moved": 2, "split": 1}


def test_the_ground_that_changed_sides_is_told_in_km2(two):
    changes = {change["code"]: change for change in diff(two, "--json").report["changes"]}

    moved = changes["33.72.02.1002"]
    # A quarter of a square of 0.01 degrees, 1.1 by 1.1 km.
    assert moved["lost_km2"] == pytest.approx(moved["km2"] / 4, rel=1e-4)
    assert moved["km2"] == pytest.approx(1.22, rel=0.01)
    assert moved["people"] is None


def test_a_person_reads_it_in_indonesian(two):
    lines = diff(two).stdout.splitlines()

    assert lines[0] == "Edisi 2025 dibandingkan dengan edisi 2026"
    assert any("33.72.01.1001 Pajang: dipecah" in line for line in lines)
    assert any("menjadi 33.72.01.1002 Laweyan Raya" in line for line in lines)
    assert any("50,00 % luas" in line for line in lines)
    assert any("dipecah (121,95 ha)" in line for line in lines)
    # 1.1 by 1.1 km in UTM, which is 0.08 percent too small here.
    assert any("    ke 33.72.01.1003 Pajang Timur: 60,98 ha;" in line for line in lines)


def test_an_edition_that_is_not_there_is_named_and_nothing_is_told(two):
    outcome = two.peta("boundaries", "diff", "2025", "2031", "--city", "33.72")

    assert outcome.status == 1
    assert "'2031' tidak ada" in outcome.stderr
    assert outcome.stdout == ""


def activate(place: Installation) -> Outcome:
    outcome = place.peta("boundaries", "activate", "2026", "--city", "33.72")
    assert outcome.status == 0, outcome.stderr
    return outcome


def test_an_activation_tells_which_areas_lack_people_and_how_to_load_them(two):
    told = activate(two).stdout

    assert "Belum ada penduduk di edisi ini: 1 kota, 2 kecamatan, 5 kelurahan." in told
    assert "peta population load BERKAS --city 33.72 --edition '2026'" in told

    people = two.file("penduduk.csv", "kode,penduduk\n33.72.01.1001,900\n33.72.01.1002,800\n")
    assert two.peta("population", "load", people, "--city", "33.72").status == 0
    told = activate(two).stdout

    lacking = "1 dari 1 kota, 2 dari 2 kecamatan, 3 dari 5 kelurahan"
    assert f"Penduduk belum lengkap di edisi ini; tanpa angka: {lacking}." in told


def test_an_edition_with_all_its_people_is_activated_without_a_word_of_them(two):
    codes = ["33.72", "33.72.01", "33.72.02", *(code for code, _, _ in AFTER)]
    people = two.file("penduduk.csv", "kode,penduduk\n" + "".join(f"{c},900\n" for c in codes))
    options = ("--city", "33.72", "--edition", "2026")
    assert two.peta("population", "load", people, *options).status == 0

    assert "penduduk" not in activate(two).stdout.casefold()
