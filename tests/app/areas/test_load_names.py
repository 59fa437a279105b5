"""Boundaries that have names and no codes: joined by name, then by ground, never invented."""

import pytest
import shapely

from tests.app.areas.test_load_boundaries import FOUR, geojson, load, square, surakarta
from tests.app.command import Installation, Outcome
from tests.spatial.boundary_files import written

__all__ = ["surakarta"]

NAMES = ("--parent-fields", "KEC,KEL")
MAKE = (*NAMES, "--dissolve-parents")


def load_rw(
    place: Installation, *rows: tuple[str | None, str | None, object], more: tuple[str, ...] = MAKE
) -> Outcome:
    """RW side by side, each with the names of its kecamatan and kelurahan and its number."""
    kec, kel, rw = zip(*rows, strict=True)
    columns = {"KEC": kec, "KEL": kel, "RW": rw}
    shapes = [square(column, 0) for column in range(len(rows))]
    path = written(place.folder / "rw.gpkg", columns, shapes)
    options = ("--city", "33.72", "--level", "rw", "--edition", "2025", "--json")
    return place.peta("boundaries", "load", path, *options, *more)


def codes(place: Installation, level: str) -> list[tuple[str, str]]:
    return place.rows(f"SELECT code, name FROM peta.area WHERE level = '{level}' ORDER BY code")


def test_parents_that_are_not_loaded_are_made_by_uniting_and_numbered_by_name(surakarta):
    outcome = load_rw(
        surakarta,
        ("SERENGAN", "TIPES", "RW 01"),
        ("LAWEYAN", "PAJANG", "rw 5"),
        ("LAWEYAN", "BUMI", "RW.12"),
        ("Laweyan", "Pajang", "RW O6"),
    )

    assert outcome.report["made_parents"] == {"kecamatan": 2, "kelurahan": 3}
    assert outcome.report["parents"] == {"code": 0, "name": 4, "geometry": 0, "made": 5, "none": 0}
    assert codes(surakarta, "kecamatan") == [("33.72.x01", "LAWEYAN"), ("33.72.x02", "SERENGAN")]
    assert codes(surakarta, "kelurahan") == [
        ("33.72.x01.x0001", "BUMI"),
        ("33.72.x01.x0002", "PAJANG"),
        ("33.72.x02.x0001", "TIPES"),
    ]
    assert codes(surakarta, "rw") == [
        ("33.72.x01.x0001-012", "RW 012"),
        ("33.72.x01.x0002-005", "RW 005"),
        ("33.72.x01.x0002-006", "RW 006"),
        ("33.72.x02.x0001-001", "RW 001"),
    ]
    ((wkb,),) = surakarta.rows("SELECT ST_AsBinary(geom) FROM peta.area WHERE name = 'PAJANG'")
    united = shapely.union(square(1, 0), square(3, 0))
    assert shapely.equals(shapely.from_wkb(bytes(wkb)), united)
    status = surakarta.rows("SELECT DISTINCT status FROM peta.area WHERE level = 'kelurahan'")
    assert status == [("partisipatif",)]


def test_a_later_file_keeps_the_numbers_that_were_given(surakarta):
    load_rw(surakarta, ("SERENGAN", "TIPES", "1"))

    load_rw(surakarta, ("BANJARSARI", "KADIPIRO", "1"), ("SERENGAN", "TIPES", "2"))

    assert codes(surakarta, "kecamatan") == [
        ("33.72.x01", "SERENGAN"),
        ("33.72.x02", "BANJARSARI"),
    ]
    assert [code for code, _ in codes(surakarta, "rw")] == [
        "33.72.x01.x0001-001",
        "33.72.x01.x0001-002",
        "33.72.x02.x0001-001",
    ]


@pytest.fixture
def loaded(surakarta: Installation) -> Installation:
    """Four kelurahan in a row, two in each named kecamatan."""
    load(surakarta, geojson(*FOUR))
    above = [
        ("33.72.01", "Laweyan", square(0, 0, width=2)),
        ("33.72.02", "Serengan", square(2, 0, width=2)),
    ]
    load(surakarta, geojson(*above), level="kecamatan")
    return surakarta


def test_loaded_parents_are_found_by_name_however_it_is_spelt(loaded):
    outcome = load_rw(
        loaded,
        ("SERENGAN", "Danu Kusuman", "RT 001/RW 002"),
        ("laweyan", "PAJANG", "3"),
        more=NAMES,
    )

    assert outcome.report["parents"] == {"code": 0, "name": 2, "geometry": 0, "made": 0, "none": 0}
    assert [code for code, _ in codes(loaded, "rw")] == ["33.72.01.1001-003", "33.72.02.1002-002"]


def test_a_name_that_is_unknown_falls_to_the_ground_it_shares(loaded):
    outcome = load_rw(loaded, ("LAWEYAN", "PAJANG", "1"), ("LAWEYAN", "LAWIYAN", "1"), more=NAMES)

    assert outcome.report["parents"]["geometry"] == 1
    assert [code for code, _ in codes(loaded, "rw")] == ["33.72.01.1001-001", "33.72.01.1002-001"]


def test_without_names_the_parent_is_the_one_beneath(loaded):
    outcome = load_rw(loaded, (None, None, "7"), (None, "", "7"), more=())

    assert outcome.report["parents"]["geometry"] == 2
    assert [code for code, _ in codes(loaded, "rw")] == ["33.72.01.1001-007", "33.72.01.1002-007"]


def test_what_cannot_be_known_is_refused_by_name(surakarta):
    outcome = load_rw(
        surakarta,
        ("LAWEYAN", "PAJANG", "RW 1"),
        ("LAWEYAN", "PAJANG", "Balai RW"),
        ("LAWEYAN", None, "RW 2"),
        ("LAWEYAN", "PA\u202eJANG", "RW 3"),
    )

    refused = [(row["row"], row["code"]) for row in outcome.report["refused"]]
    assert refused == [(2, "no_number"), (3, "no_parent_name"), (4, "bad_text")]
    assert outcome.report["refused"][0]["key"] == "LAWEYAN, PAJANG, Balai RW"
    assert outcome.report["accepted"] == 1


def test_kelurahan_with_names_alone_get_provisional_codes_only_when_asked(surakarta):
    columns = {"KEC": ["LAWEYAN", "LAWEYAN"], "KEL": ["PAJANG", "BUMI"]}
    path = written(surakarta.folder / "kel.gpkg", columns, [square(0, 0), square(1, 0)])
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025", "--json")
    fields = ("--parent-fields", "KEC", "--name-field", "KEL")

    refused = surakarta.peta("boundaries", "load", path, *options, *fields)
    made = surakarta.peta("boundaries", "load", path, *options, *fields, "--dissolve-parents")

    assert refused.status == 1
    assert made.report["made_parents"] == {"kecamatan": 1}
    assert codes(surakarta, "kelurahan") == [
        ("33.72.x01.x0001", "BUMI"),
        ("33.72.x01.x0002", "PAJANG"),
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--parent-fields", "KEC,DESA"), "'DESA' tidak ada"),
        (("--parent-fields", "KEL", "--dissolve-parents"), "2 kolom"),
        (("--parent-fields", "KEC,KEL,RW"), "paling banyak 2"),
        ((*NAMES, "--name-field", "NOMOR"), "'NOMOR' tidak ada"),
    ],
)
def test_columns_that_do_not_fit_are_told_with_those_there_are(surakarta, more, told):
    outcome = load_rw(surakarta, ("LAWEYAN", "PAJANG", "1"), more=more)

    assert outcome.status == 1
    assert told in outcome.stderr


def test_an_area_that_lies_outside_its_parent_is_named_with_its_share(surakarta):
    load(surakarta, geojson(*FOUR))
    shifted = shapely.box(110.805, -7.57, 110.82, -7.56)

    outcome = load(surakarta, geojson(("33.72.01", "Laweyan", shifted)), level="kecamatan")

    (astray,) = outcome.report["astray"]
    assert (astray["key"], astray["parent"]) == ("33.72.01.1001", "33.72.01")
    assert astray["share"] == pytest.approx(0.5, abs=0.001)


def test_provisional_codes_are_told_with_the_names_they_stand_for(surakarta):
    rows = {"KEC": ["LAWEYAN"] * 2, "KEL": ["PAJANG"] * 2, "RW": ["1", "2"]}
    ring = shapely.difference(square(0, 0), shapely.box(110.804, -7.566, 110.806, -7.564))
    path = written(
        surakarta.folder / "rw.gpkg", rows, [ring, shapely.box(110.809, -7.57, 110.82, -7.56)]
    )

    options = ("--city", "33.72", "--level", "rw", "--edition", "2025")
    page = surakarta.folder / "laporan.html"
    outcome = surakarta.peta("boundaries", "load", path, *options, *MAKE, "--report", page)

    first, second = (f"LAWEYAN, PAJANG, RW 00{n} (33.72.x01.x0001-00{n})" for n in (1, 2))
    assert f"  {first} dan {second}: " in outcome.stdout
    assert f"  antara {first}: " in outcome.stdout
    html = page.read_text("utf-8")
    assert "<td>LAWEYAN, PAJANG: RW 001, RW 002</td>" in html  # the two that overlap
    assert "<td>LAWEYAN, PAJANG: RW 001<br>" in html  # around the hole
    assert "<td>33.72.x01.x0001</td><td>kelurahan</td><td>PAJANG</td>" in html


def people(place: Installation) -> dict[str, tuple[int | None, int | None]]:
    rows = place.rows("SELECT name, population, households FROM peta.area WHERE level <> 'rw'")
    return {name: (population, households) for name, population, households in rows}


def count(place: Installation, *lines: str) -> Outcome:
    content = "\n".join(("kode,penduduk,kk", *lines)) + "\n"
    path = place.file("penduduk.csv", content)
    return place.peta("population", "load", path, "--city", "33.72", "--json")


PAJANG, TIPES = "33.72.x01.x0001", "33.72.x02.x0001"


def test_people_of_united_parents_are_the_sum_of_all_beneath_or_nothing(surakarta):
    rows = (("LAWEYAN", "PAJANG", "1"), ("LAWEYAN", "PAJANG", "2"), ("SERENGAN", "TIPES", "1"))
    load_rw(surakarta, *rows)

    some = count(surakarta, f"{PAJANG}-001,900,", f"{PAJANG}-002,600,200", f"{TIPES}-001,,90")

    assert people(surakarta) == {
        "PAJANG": (1500, None),  # one RW has no KK
        "LAWEYAN": (1500, None),
        "TIPES": (None, 90),
        "SERENGAN": (None, 90),
        "Kota Surakarta": (None, None),
    }
    assert [each["name"] for each in some.report["summed_people"]] == ["LAWEYAN", "PAJANG"]
    assert [each["name"] for each in some.report["unsummed_people"]] == ["Kota Surakarta"]

    count(surakarta, f"{TIPES}-001,500,90", f"{PAJANG}-001,1000,300")

    assert people(surakarta)["Kota Surakarta"] == (2100, 590)
    assert people(surakarta)["LAWEYAN"] == (1600, 500)


def test_a_sum_that_no_longer_holds_is_taken_back(surakarta):
    load_rw(surakarta, ("LAWEYAN", "PAJANG", "1"))
    count(surakarta, f"{PAJANG}-001,900,300")
    assert people(surakarta)["LAWEYAN"] == (900, 300)

    later = load_rw(surakarta, ("LAWEYAN", "PAJANG", "1"), ("LAWEYAN", "PAJANG", "2"))

    assert people(surakarta)["PAJANG"] == people(surakarta)["LAWEYAN"] == (None, None)
    assert later.report["summed_people"] == []
    assert {each["name"] for each in later.report["unsummed_people"]} == {"PAJANG"}


def test_a_number_that_a_united_parent_was_given_stays(surakarta):
    load_rw(surakarta, ("LAWEYAN", "PAJANG", "1"))

    count(surakarta, f"{PAJANG}-001,900,300", f"{PAJANG},950,310")
    count(surakarta, f"{PAJANG}-001,901,300")

    assert people(surakarta)["PAJANG"] == (950, 310)
    assert people(surakarta)["LAWEYAN"] == (950, 310)


def test_a_person_is_told_which_sums_were_made(surakarta):
    load_rw(surakarta, ("LAWEYAN", "PAJANG", "1"))
    path = surakarta.file("penduduk.csv", f"kode,penduduk,kk\n{PAJANG}-001,1900,300\n")

    told = surakarta.peta("population", "load", path, "--city", "33.72").stdout

    assert "Penduduk 3 wilayah induk dijumlahkan dari wilayah di bawahnya:" in told
    assert f"kelurahan PAJANG ({PAJANG}): 1.900 jiwa, 300 KK" in told


def test_a_name_whose_letters_are_guessed_is_shown_to_be_checked(surakarta):
    columns = {"kode": ["33.72.01.1001", "33.72.01.1002"], "nama": ["帕章 Pajang", "Laweyan"]}
    path = written(
        surakarta.folder / "kel.shp", columns, [square(0, 0), square(1, 0)], encoding="CP936"
    )
    path.with_suffix(".cpg").unlink(missing_ok=True)
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025")

    guessed = surakarta.peta("boundaries", "load", path, *options, "--dry-run")
    told = surakarta.peta("boundaries", "load", path, *options, "--encoding", "gbk")

    assert "teks cp1252 (ditebak)" in guessed.stdout
    assert "Periksa ejaan 'ÅÁÕÂ Pajang'; bila keliru, sebutkan --encoding" in guessed.stdout
    assert "Periksa ejaan" not in told.stdout
    assert ("33.72.01.1001", "帕章 Pajang") in codes(surakarta, "kelurahan")
