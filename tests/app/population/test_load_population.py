"""`peta population load`: what is taken over, what is refused, what is told."""

import io
from pathlib import Path

import openpyxl
import psycopg
import pytest
import shapely

from app.areas.service import NewArea, NewEdition, load_edition
from tests.app.command import Installation, Outcome, installed

HEADER = "kode,penduduk,kk\n"
PAJANG, LAWEYAN = "33.72.01.1001", "33.72.01.1002"


AREAS = {
    "33.72": "Kota Surakarta",
    "33.72.01": "",
    "33.72.02": "",
    PAJANG: "Pajang",
    LAWEYAN: "Laweyan",
    "33.72.02.1001": "Joyotakan",
    "33.72.02.1002": "Danukusuman",
}


def area(code: str, name: str) -> NewArea:
    level = {5: "kota", 8: "kecamatan", 13: "kelurahan"}[len(code)]
    parent = None if level == "kota" else code.rpartition(".")[0]
    ground = shapely.box(110.8, -7.57, 110.81, -7.56)
    return NewArea(code=code, level=level, parent_code=parent, name=name, geometry=ground)


@pytest.fixture
def surakarta(urls, tmp_path: Path):
    with installed(urls, tmp_path) as place:
        with psycopg.connect(urls.staff) as connection:
            connection.execute(
                "INSERT INTO peta.city (city_id, code, name) VALUES (3372, '33.72', 'Surakarta')"
            )
            areas = [area(code, name) for code, name in AREAS.items()]
            load_edition(connection, 3372, NewEdition(name="2025"), areas)
        yield place


def load(place: Installation, content: str | bytes, *more: str, name: str = "jiwa.csv") -> Outcome:
    path = place.file(name, content)
    return place.peta("population", "load", path, "--city", "33.72", *more, "--json")


def people(place: Installation) -> dict[str, tuple[int | None, int | None]]:
    rows = place.rows("SELECT code, population, households FROM peta.area")
    return {code: (population, households) for code, population, households in rows}


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    found = outcome.report
    return found["read"], found["updated"], found["unchanged"], found["rejected"]


def test_numbers_are_taken_over_by_code(surakarta):
    outcome = load(surakarta, f"{HEADER}{PAJANG},1.234,300\n{LAWEYAN},2000,\n")

    assert (outcome.status, counts(outcome)) == (0, (2, 2, 0, 0))
    assert people(surakarta)[PAJANG] == (1234, 300)
    assert people(surakarta)[LAWEYAN] == (2000, None)


def test_the_same_file_twice_changes_nothing(surakarta):
    content = f"{HEADER}{PAJANG},1234,300\n"
    load(surakarta, content)
    before = surakarta.rows("SELECT code, xmin::text FROM peta.area ORDER BY 1")
    stamped = surakarta.rows("SELECT loaded FROM peta.boundary_edition")

    again = load(surakarta, content)

    assert counts(again) == (1, 0, 1, 0)
    assert surakarta.rows("SELECT code, xmin::text FROM peta.area ORDER BY 1") == before
    assert surakarta.rows("SELECT loaded FROM peta.boundary_edition") == stamped


def test_what_a_row_leaves_out_stays(surakarta):
    load(surakarta, f"{HEADER}{PAJANG},1234,300\n")

    load(surakarta, f"code;population;households\n{PAJANG};-;310\n")

    assert people(surakarta)[PAJANG] == (1234, 310)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("33.72.09.1001,10,2", "tidak ada dalam edisi"),
        ("3372011001,10,2", "mungkin 33.72.01.1001"),
        (",10,2", "kode kosong"),
        (f"{PAJANG},,", "kosong"),
        (f"{PAJANG},banyak,2", "bukan bilangan"),
        (f'{PAJANG},"12,5",2', "bulat"),
        (f"{PAJANG},-5,2", "harus 0 sampai"),
        (f"{PAJANG},50000001,2", "harus 0 sampai"),
        (f"{PAJANG},± 500,2", "perkiraan"),
        (f"{PAJANG},100,101", "lebih banyak daripada 100 penduduk"),
        (f"{LAWEYAN},7,2", "baris 2"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_number_and_reason(surakarta, row, why):
    outcome = load(surakarta, f"{HEADER}{LAWEYAN},2000,500\n{row}\n")

    assert (outcome.status, counts(outcome)) == (0, (2, 1, 0, 1))
    (rejection,) = outcome.report["rejections"]
    assert rejection["row"] == 3
    assert why in rejection["why"]
    assert people(surakarta)[LAWEYAN] == (2000, 500)


@pytest.mark.parametrize("grouped", ["26.047", '"26,047"', "26 047", "26047 jiwa", '"26047,0"'])
def test_thousands_are_read_with_either_mark_for_people_are_whole(surakarta, grouped):
    load(surakarta, f"{HEADER}{PAJANG},{grouped},\n")

    assert people(surakarta)[PAJANG][0] == 26047


def test_a_parent_that_is_not_the_sum_of_its_children_is_named(surakarta):
    rows = (f"{PAJANG},1000,300", f"{LAWEYAN},500,100", "33.72.01,1600,400", "33.72,99,9")

    outcome = load(surakarta, HEADER + "\n".join(rows))

    assert [
        (each["code"], each["what"], each["own"], each["children"])
        for each in outcome.report["sums"]
    ] == [("33.72.01", "population", 1600, 1500)]
    assert people(surakarta)["33.72.01"] == (1600, 400)


def test_areas_without_a_number_are_named(surakarta):
    outcome = load(surakarta, f"{HEADER}{PAJANG},1000,300\n")

    missing = {area["code"] for area in outcome.report["without_population"]}
    assert missing == {"33.72", "33.72.01", "33.72.02", LAWEYAN, "33.72.02.1001", "33.72.02.1002"}


def test_a_workbook_is_read_with_its_title_and_its_total_passed_over_aloud(surakarta):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["DATA AGREGAT KEPENDUDUKAN", None, None, None],
        ["Kode", "Kelurahan", "Jumlah Penduduk (jiwa)", "Jumlah KK"],
        [PAJANG, "Pajang", 1000, 300],
        [LAWEYAN, "Laweyan", 500, 100],
        [None, "JUMLAH", 1500, 400],
    ):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)

    outcome = load(surakarta, content.getvalue(), name="jiwa.xlsx")

    assert counts(outcome) == (2, 2, 0, 0)
    assert [row["kind"] for row in outcome.report["passed"]] == ["total"]
    assert outcome.report["unused_columns"] == ["Kelurahan"]
    assert people(surakarta)[LAWEYAN] == (500, 100)


@pytest.mark.parametrize("more", ["--dry-run", "--strict"])
def test_a_dry_run_and_a_strict_refusal_store_nothing(surakarta, more):
    outcome = load(surakarta, f"{HEADER}{PAJANG},1000,300\nx,1,1\n", more)

    assert outcome.status == (1 if more == "--strict" else 0)
    assert outcome.report["stored"] is False
    assert people(surakarta)[PAJANG] == (None, None)


def test_a_file_without_the_columns_is_refused_with_those_it_has(surakarta):
    outcome = load(surakarta, "wilayah,orang\nPajang,12\n")

    assert outcome.status == 1
    assert "'wilayah'" in outcome.stderr


def test_an_edition_is_chosen_by_name_and_a_missing_one_is_named(surakarta):
    content = f"{HEADER}{PAJANG},1000,300\n"

    assert load(surakarta, content, "--edition", "2025").status == 0
    missing = load(surakarta, content, "--edition", "1999")
    assert (missing.status, "'1999'" in missing.stderr) == (1, True)


def test_a_person_is_told_in_words(surakarta):
    path = surakarta.file("jiwa.csv", f"{HEADER}{PAJANG},26.047,9000\n33.72.01,30000,\nx,1,1\n")

    told = surakarta.peta("population", "load", path, "--city", "33.72").stdout

    assert "Dimuat: 3 baris, edisi 2025; diperbarui 2, tetap 0, ditolak 1." in told
    assert "ditolak baris 4 'x'" in told
    assert "Tanpa jumlah penduduk: 1 kota, 1 kecamatan, 3 kelurahan." in told


def test_rates_of_a_real_city_need_no_more_than_this(surakarta):
    load(surakarta, f"{HEADER}{PAJANG},1000,300\n")

    assert surakarta.rows(f"SELECT population FROM map.area WHERE code = '{PAJANG}'") == [(1000,)]
