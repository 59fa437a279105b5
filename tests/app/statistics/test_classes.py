"""Classes of areas for the map: the same limits every year, nothing thin, nobody left out."""

import csv
import io
import random

import numpy as np
import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.statistics.classing import classes_of
from app.statistics.schemas import Colouring
from spatial.classes import Classing, class_breaks
from tests.app import world
from tests.app.statistics.asking import LEVELS, MEASURES, get, is_too_little
from tests.app.world import CITY, Spot, add

EXAMPLES = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
YEARS = ("2024", "2025", "2026")
filter_sets = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from(["SP01", "SP03,KP07", "KP09"]),
        "status": st.sampled_from(["diajukan", "dibatalkan,selesai"]),
        "area": st.sampled_from([f"{CITY}.01", f"{CITY}.02.1004", Spot(1, 2).rw]),
        "funding": st.sampled_from(["swadaya"]),
        "q": st.sampled_from(["jalan"]),
    },
)
colourings = st.fixed_dictionaries(
    {"measure": st.sampled_from(MEASURES)},
    optional={
        "classes": st.integers(2, 7),
        "method": st.sampled_from([method.value for method in Classing]),
    },
)


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    with psycopg.connect(town.superuser) as connection:
        connection.execute(  # without this every RT is thin
            "UPDATE peta.area SET households = 30 + ascii(right(code, 1)) % 3 WHERE level = 'rt'"
        )
        connection.execute(
            "UPDATE peta.area SET population = NULL WHERE code = %s", [Spot(9, 1).rw]
        )
        connection.execute("UPDATE peta.area SET households = 29 WHERE code = %s", [Spot(1, 5).rw])
    add(town, world.random_usulan(random.Random(20261126), 400))


@EXAMPLES
@given(
    level=st.sampled_from(LEVELS),
    year=st.sampled_from(YEARS),
    filters=filter_sets,
    colouring=colourings,
)
def test_limits_are_those_of_all_years_and_every_area_that_is_not_thin_has_a_class(
    http, level, year, filters, colouring
):
    asked = {**filters, "level": level, **colouring}
    answers = {one: get(http, "", {**asked, "year": one}) for one in YEARS}

    found, rows = answers[year]["classes"], answers[year]["rows"]
    classed = [row for row in rows if not is_too_little(row, colouring["measure"])]
    values = [row[colouring["measure"]] for row in classed]
    # Above an area that is filtered by, an area has a row only in years with something in it.
    among = {row["area"] for one in answers.values() for row in one["rows"]}
    thin = {
        row["area"]
        for one in answers.values()
        for row in one["rows"]
        if is_too_little(row, colouring["measure"])
    }
    known = [
        row[colouring["measure"]]
        for one in answers.values()
        for row in one["rows"]
        if row["area"] not in thin
    ]
    series = known + [0] * (len(among - thin) * len(YEARS) - len(known))
    assert len({str(one["classes"]["breaks"]) for one in answers.values()}) == 1
    assert (found["n"], found["thin"]) == (len(classed), len(rows) - len(classed))
    assert found["series"] == {"years": [2024, 2025, 2026], "n": len(series)}
    assert found["breaks"][:-1] == sorted(set(found["breaks"][:-1]))
    if not series:
        assert (found["breaks"], found["classes"]) == ([], [])
        return
    assert (found["breaks"][0], found["breaks"][-1]) == (min(series), max(series))
    assert 1 <= len(found["classes"]) <= colouring.get("classes", 5)
    assert [(one["from"], one["to"]) for one in found["classes"]] == list(
        zip(found["breaks"], found["breaks"][1:], strict=False)
    )
    for number, one in enumerate(found["classes"], 1):
        last = number == len(found["classes"])
        held = [v for v in values if one["from"] <= v and (v < one["to"] or last)]
        assert one["n"] == len(held)
        assert [row["class"] for row in rows].count(number) == len(held)
    assert all((row["class"] is None) == (row not in classed) for row in rows)


whole = st.lists(st.integers(0, 12), min_size=1, max_size=60)


@example([5, 6, 12], Classing.EQUAL, 7)
@given(whole, st.sampled_from(list(Classing)), st.integers(2, 7))
def test_rounding_limits_moves_no_value(values, method, classes):
    series = np.array(values, dtype=np.float64)
    found = classes_of(series, series, Colouring("count", method, classes))

    limits = found["breaks"][1:-1]
    assert all(limit == int(limit) for limit in limits)
    assert sum(one["n"] for one in found["classes"]) == len(values)
    if method is not Classing.QUANTILE:
        exact = class_breaks(series, method, classes=classes)
        assert [n for n in exact.counts if n] == [one["n"] for one in found["classes"] if one["n"]]


@pytest.mark.parametrize(
    ("values", "breaks", "counts"),
    [
        ([], [], []),
        ([0, 0, 0], [0, 0], [3]),
        ([4, 4], [4, 4], [2]),
        ([0, 0, 0, 7], [0, 7, 7], [3, 1]),
        # Quantiles of what is over zero: 1, 2, 3, 4, 5 and not of the many zeros.
        ([0] * 20 + [1, 2, 3, 4, 5], [0, 2, 3, 4, 5, 5], [21, 1, 1, 1, 1]),
        ([1, 2], [1, 2, 2], [1, 1]),
    ],
)
def test_few_values_give_few_classes_and_zero_the_first(values, breaks, counts):
    series = np.array(values, dtype=np.float64)

    found = classes_of(series, series, Colouring("count", Classing.QUANTILE, 5))

    assert found["breaks"] == breaks
    assert [one["n"] for one in found["classes"]] == counts


def test_classes_are_told_only_to_those_who_ask(http):
    plain = get(http, "", {"level": "rw"})
    english = http.get(
        "/api/v1/stats?level=rw&year=2026&classes=4", headers={"Accept-Language": "en"}
    ).json()

    assert "classes" not in plain
    assert "class" not in plain["rows"][0]
    assert english["classes"]["unit"] == "usulan per 1,000 inhabitants"
    assert (english["classes"]["measure"], english["classes"]["method"]) == ("per_1000", "quantile")


def test_the_table_has_the_classes_of_the_map(http):
    query = {"level": "rw", "year": "2025", "measure": "count"}
    answer = http.get("/api/v1/stats", params={**query, "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["class"] for row in rows] == [
        str(row["class"] or "") for row in get(http, "", query)["rows"]
    ]


@pytest.mark.parametrize(
    "query", ["classes=1", "classes=8", "method=jenks", "measure=severity", "classes=lima"]
)
def test_what_makes_no_classes_is_named(http, query):
    answer = http.get(f"/api/v1/stats?level=rw&{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [query.split("=")[0]]
