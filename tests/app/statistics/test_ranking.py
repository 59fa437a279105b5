"""Areas in the order of a measure: places, ties, intervals, and that nothing is lost."""

import csv
import io
import random

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spatial.rates import poisson_interval
from tests.app import world
from tests.app.statistics.asking import LEVELS, MEASURES, get, is_too_little
from tests.app.world import CITY, Spot, add, proposed

EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HIDDEN = Spot(1, 5)
"""Of the RW whose households nobody counted."""
filter_sets = st.fixed_dictionaries(
    {},
    optional={
        "year": st.sampled_from(["2025", "2026", "2025,2026"]),
        "category": st.sampled_from(["SP01", "SP03,KP07", "KP09"]),
        "group": st.sampled_from(["SP", "KP,EK"]),
        "status": st.sampled_from(["diajukan", "dibatalkan,selesai"]),
        "area": st.sampled_from([f"{CITY}.01", f"{CITY}.02.1004", Spot(1, 2).rw]),
        "funding": st.sampled_from(["swadaya"]),
        "q": st.sampled_from(["jalan"]),
    },
)


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    with psycopg.connect(town.superuser) as connection:
        connection.execute(
            "UPDATE peta.area SET households = NULL, name = '=1+2' WHERE code = %s", [HIDDEN.rw]
        )
        connection.execute(
            "UPDATE peta.area SET population = NULL WHERE code = %s", [Spot(9, 1).rw]
        )
    add(town, world.random_usulan(random.Random(20261125), 400))


@EXAMPLES
@given(
    level=st.sampled_from(LEVELS),
    measure=st.sampled_from(MEASURES),
    filters=filter_sets,
    narrowed=st.fixed_dictionaries(
        {},
        optional={
            "within": st.sampled_from([f"{CITY}.01", f"{CITY}.01,{Spot(9, 6).rw}"]),
            "limit": st.integers(1, 9),
        },
    ),
)
def test_a_ranking_orders_the_rows_of_the_totals(http, level, measure, filters, narrowed):
    stats = get(http, "", {**filters, "level": level})
    whole = get(
        http, "/ranking", {**filters, **narrowed, "level": level, "measure": measure, "limit": 9999}
    )
    shown = get(http, "/ranking", {**filters, **narrowed, "level": level, "measure": measure})

    rows, of_area = whole["rows"], {row["area"]: row for row in stats["rows"]}
    with_rank = [row for row in rows if not row["thin"]]
    assert rows == sorted(rows, key=lambda row: (row["thin"], row["rank"] or 0, row["area"]))
    for row in rows:
        source = of_area[row["area"]]
        assert {name: row[name] for name in ("name", "level", "count", "population")} == {
            name: source[name] for name in ("name", "level", "count", "population")
        }
        assert row["value"] == source[measure]
        assert row["thin"] == is_too_little(source, measure)
        assert (row["rank"], row["rank_by_count"]) == (
            (None, None)
            if row["thin"]
            else (place(row, "value", with_rank), place(row, "count", with_rank))
        )
        assert row["shift"] == (None if row["thin"] else row["rank_by_count"] - row["rank"])
    assert shown["rows"] == rows[: narrowed.get("limit")]
    assert (whole["ranked"], whole["thin"]) == (len(with_rank), len(rows) - len(with_rank))
    for ranking in (whole, shown):
        assert (
            sum(row["count"] for row in ranking["rows"])
            + ranking["rest"]["count"]
            + ranking["unassigned"]
            == ranking["numberMatched"]
            == stats["numberMatched"]
        )
        assert len(ranking["rows"]) + ranking["rest"]["areas"] == len(of_area)


def place(row: dict, name: str, among: list[dict]) -> int:
    return 1 + sum(other[name] > row[name] for other in among)


@EXAMPLES
@given(level=st.sampled_from(LEVELS), year=st.sampled_from(["2024", "2025", "2026"]))
def test_a_rate_lies_in_its_interval(http, level, year):
    rows = get(http, "/ranking", {"level": level, "year": year})["rows"]

    assert any(row["value"] for row in rows)
    for row in rows:
        if row["value"] is None:
            assert (row["low"], row["high"]) == (None, None)
            continue
        low, high = (
            float(end) * 1000 / row["population"] for end in poisson_interval(row["count"])
        )
        assert (row["low"], row["high"]) == (
            pytest.approx(low, abs=6e-3),
            pytest.approx(high, abs=6e-3),
        )
        assert row["low"] <= row["value"] <= row["high"]


def test_without_a_measure_one_year_is_ranked_by_rate_and_several_by_count(http):
    one = get(http, "/ranking", {"level": "rw", "year": "2026"})
    several = get(http, "/ranking", {"level": "rw"})

    assert (one["measure"], one["unit"]) == ("per_1000", "usulan per 1.000 jiwa")
    assert (several["measure"], several["unit"]) == ("count", "usulan")
    assert {row["kelurahan"] for row in one["rows"]} == {
        f"KELURAHAN {spot.kelurahan[-4:]}"
        for spot in (Spot(0, 0), Spot(0, 4), Spot(9, 0), Spot(9, 4))
    }


def test_a_ranking_is_offered_as_csv_that_runs_nothing(http):
    answer = http.get("/api/v1/stats/ranking?level=rw&measure=count&format=csv")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    [hidden] = [row for row in rows if row["area"] == HIDDEN.rw]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="peringkat-rw.csv"'
    assert (hidden["name"], hidden["thin"]) == ("'=1+2", "false")
    assert (rows[-1]["rank"], rows[-1]["thin"]) == ("", "true")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("measure=severity", "measure"),
        ("within=99.71.09", "within"),
        ("limit=0", "limit"),
        ("level=desa", "level"),
    ],
)
def test_what_cannot_be_ranked_is_named(http, query, field):
    answer = http.get(f"/api/v1/stats/ranking?{query}", headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_equal_values_share_a_place(http, town):
    add(town, [proposed(Spot(2, 2), year=2031), proposed(Spot(9, 6), year=2031)])
    add(town, [proposed(Spot(2, 6), year=2031)] * 2)

    rows = get(http, "/ranking", {"level": "kelurahan", "year": "2031"})["rows"]

    assert [(row["rank"], row["count"]) for row in rows] == [(1, 2), (2, 1), (2, 1), (4, 0)]
