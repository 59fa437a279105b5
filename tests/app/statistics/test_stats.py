"""Numbers per area: zeros, groups, rates, tables."""

import csv
import io

import pytest

from tests.app.world import CITY, COUNT_ONLY, Spot, add, proposed


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    add(
        town,
        [
            proposed(Spot(0, 0), estimated_cost=1_000, beneficiaries=10, supporters=3),
            proposed(Spot(0, 0), category="SP03", funding="swadaya"),
            proposed(Spot(9, 0), year=2025, beneficiaries=5),
            proposed(Spot(9, 0), category=COUNT_ONLY, year=2025),
        ],
    )


def stats(http, **query: str) -> dict:
    answer = http.get("/api/v1/stats", params=query)
    assert answer.status_code == 200
    return answer.json()


def row_of(found: dict, code: str) -> dict:
    [row] = [row for row in found["rows"] if row["area"] == code]
    return row


def test_every_area_of_a_level_has_a_row_zeros_too(http):
    rows = stats(http, level="rt")["rows"]

    assert len(rows) == 128
    assert sum(row["count"] for row in rows) == 3
    assert row_of({"rows": rows}, Spot(5, 5).rt)["count"] == 0


def test_a_row_sums_what_is_known(http):
    row = row_of(stats(http, level="rw", year="2026"), Spot(0, 0).rw)

    assert row == {
        "area": Spot(0, 0).rw,
        "name": "RW -001",
        "level": "rw",
        "count": 2,
        "cost": 1_000,
        "cost_known": 1,
        "beneficiaries": 10,
        "supporters": 3,
        "per_1000": 2.5,  # 2 for 800 inhabitants
        "population": 800,
        "households": 200,
    }


def test_what_has_no_area_at_the_level_is_unassigned(http):
    found = stats(http, level="rw")

    assert (found["unassigned"], found["unlocated"], found["numberMatched"]) == (1, 1, 4)


def test_with_groups_only_what_occurs_has_a_row(http):
    rows = stats(http, level="kecamatan", by="category,year")["rows"]

    assert [(row["area"], row["category"], row["year"], row["count"]) for row in rows] == [
        (Spot(0, 0).kecamatan, "SP01", 2026, 1),
        (Spot(0, 0).kecamatan, "SP03", 2026, 1),
        (Spot(9, 0).kecamatan, COUNT_ONLY, 2025, 1),
        (Spot(9, 0).kecamatan, "SP01", 2025, 1),
    ]


def test_a_rate_is_of_one_year_only(http):
    assert row_of(stats(http, level="kota"), CITY)["per_1000"] is None
    assert row_of(stats(http, level="kota", year="2025,2026"), CITY)["per_1000"] is None
    # 2 for 7,000 inhabitants
    assert row_of(stats(http, level="kota", year="2025"), CITY)["per_1000"] == 0.29
    by_year = stats(http, level="kota", by="year")["rows"]
    assert [row["per_1000"] for row in by_year] == [0.29, 0.29]


def test_an_area_filter_keeps_the_rows_beneath_it(http):
    rows = stats(http, level="rt", area=Spot(0, 0).rw)["rows"]

    assert {row["area"].rsplit("-", 1)[0] for row in rows} == {Spot(0, 0).rw}
    assert len(rows) == 16


def test_a_table_is_offered_as_csv(http):
    answer = http.get("/api/v1/stats?level=kecamatan&by=funding&format=csv")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert [(row["area"], row["funding"], row["count"]) for row in rows] == [
        (Spot(0, 0).kecamatan, "swadaya", "1"),
        (Spot(0, 0).kecamatan, "", "1"),
        (Spot(9, 0).kecamatan, "", "2"),
    ]


TABLES = {
    "?level=kecamatan&by=funding,year&measure=count": "usulan-kecamatan.csv",
    "?level=kecamatan&measure=count": "usulan-kecamatan.csv",
    "/ranking?level=rw&year=2026": "peringkat-rw.csv",
    "/trend?by=month": "perkembangan-bulan.csv",
    "/compare?years=2025,2026": "perbandingan-kategori.csv",
}


@pytest.mark.parametrize(("path", "name"), TABLES.items())
def test_a_table_for_readers_has_its_headings_and_name_in_their_language(http, path, name):
    plain = http.get(f"/api/v1/stats{path}&format=csv")
    read = http.get(f"/api/v1/stats{path}&format=csv&headings=id")
    english = http.get(f"/api/v1/stats{path}&format=csv&headings=en")

    assert read.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    fields, words, others = (
        next(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        for answer in (plain, read, english)
    )
    assert len(fields) == len(words) == len(others)
    assert not set(words) & set(fields)
    known = {"Jumlah usulan", "Kiri: Jumlah usulan"}
    assert known & set(words)
    assert {"Proposals", "Left: Proposals"} & set(others)
    body = [answer.text.splitlines()[1:] for answer in (plain, read)]
    assert len(body[0]) == len(body[1]) > 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("level=desa", "level"),
        ("by=umur", "by"),
        ("by=category,nama", "by"),
        ("format=xml", "format"),
        ("year=abc", "year"),
    ],
)
def test_an_unknown_level_grouping_or_format_is_named(http, query, field):
    answer = http.get(f"/api/v1/stats?{query}")

    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]
