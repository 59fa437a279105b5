"""Nobody finds a private need by asking often, by small boxes, or by what changed in between.

The strongest form: two cities that differ in nothing but where within its public area each private
need lies give the same bytes to every public question.
"""

import re

import psycopg
import pytest

from spatial.grid import cell_at
from tests.app.serving import serving
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, add, proposed, spot_point
from tests.security.test_canaries import PRIVATE, UNDESCRIBED, public_addresses

WHEN = re.compile(rb'"as_of":"[^"]*"')
"""The moment of the question."""
OF_THE_PROCESS = {"/metrics", "/healthz", "/readyz"}
"""These tell of the machine."""
HERE = Spot(9, 1)
ELSEWHERE = {RW_ONLY: Spot(10, 3), COUNT_ONLY: Spot(13, 2)}
"""Another RT of the same RW; another RW of the same kelurahan."""
MOVE = """
UPDATE peta.usulan
SET geom = ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 4326),
    position = ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 4326),
    cell = %(cell)s, area_code = %(rt)s, rt = %(rt)s, rw = %(rw)s
WHERE category = %(category)s
"""


@pytest.fixture(scope="module")
def numbers(town) -> list[str]:
    """Private needs of both kinds at one home, each in company, and a public usulan beside."""
    kinds = [RW_ONLY, RW_ONLY, RW_ONLY, COUNT_ONLY, COUNT_ONLY]
    needs = [proposed(HERE, category=kind) for kind in kinds]
    return add(town, [*needs, proposed(HERE), proposed(Spot(12, 2))])


def boxes() -> list[str]:
    """Small boxes over the home and over where it is not, in lists and totals."""
    found = []
    for spot in (HERE, *ELSEWHERE.values()):
        for share in (0.0, 0.3, 0.45):
            west = spot_point(spot.column + share, spot.row + 1 - share)
            east = spot_point(spot.column + 1 - share, spot.row + share)
            box = f"bbox={west.x},{west.y},{east.x},{east.y}"
            found += [f"/api/v1/usulan?{PRIVATE}&{box}", f"/api/v1/usulan?{box}"]
    return found


def answers(http, numbers: list[str]) -> dict[str, bytes]:
    addresses = {*public_addresses(numbers), *boxes()} - OF_THE_PROCESS
    assert set(UNDESCRIBED) - OF_THE_PROCESS <= addresses
    here = str(http.base_url).rstrip("/").encode()
    told = {address: http.get(address).content for address in sorted(addresses)}
    return {address: WHEN.sub(b"", content).replace(here, b"") for address, content in told.items()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [address for address in one if one[address] != other[address]]


def test_asked_often_and_of_another_process_the_answer_is_the_same(settings, town, numbers):
    with serving(settings, town) as http:
        first = answers(http, numbers)
        again = answers(http, numbers)
    with serving(settings, town) as http:
        elsewhere = answers(http, numbers)

    assert differing(first, again) == []
    assert differing(first, elsewhere) == []


def move(town, category: str, spot: Spot) -> None:
    at = spot.middle
    where = {"x": at.x, "y": at.y, "cell": cell_at(at.x, at.y)}
    with psycopg.connect(town.superuser) as connection:
        moved = connection.execute(
            MOVE, {**where, "rt": spot.rt, "rw": spot.rw, "category": category}
        )
        assert moved.rowcount > 0


@pytest.mark.parametrize("category", [RW_ONLY, COUNT_ONLY])
def test_no_public_answer_depends_on_where_in_its_area_a_private_need_lies(
    settings, town, numbers, category
):
    with serving(settings, town) as http:
        before = answers(http, numbers)
    move(town, category, ELSEWHERE[category])
    try:
        with serving(settings, town) as http:
            after = answers(http, numbers)
    finally:
        move(town, category, HERE)

    assert len(before) > 100
    assert differing(before, after) == []


def test_a_public_usulan_that_moves_changes_answers(settings, town, numbers):
    """The comparison above sees what moves: it is no test that cannot fail."""
    with serving(settings, town) as http:
        before = answers(http, numbers)
    with psycopg.connect(town.superuser) as connection:
        connection.execute("UPDATE peta.usulan SET category = 'SP03' WHERE category = 'SP01'")
    with serving(settings, town) as http:
        after = answers(http, numbers)

    assert len(differing(before, after)) > 10


def rows(http, level: str) -> dict[tuple[str, str], int]:
    told = http.get(f"/api/v1/stats?level={level}&by=category&{PRIVATE}").json()["rows"]
    return {(row["area"], row["category"]): row["count"] for row in told if row["count"]}


def test_the_difference_that_one_more_makes_names_its_public_area_alone(http, town, numbers):
    """In an RW where it has no company it is counted in the kelurahan only."""
    levels = ("kelurahan", "rw", "rt")
    alone = Spot(1, 1)
    before = {level: rows(http, level) for level in levels}

    add(town, [proposed(alone, category=RW_ONLY), proposed(HERE, category=RW_ONLY)])
    after = {level: rows(http, level) for level in levels}

    grown = {
        level: {
            key: count - before[level].get(key, 0)
            for key, count in after[level].items()
            if count != before[level].get(key, 0)
        }
        for level in levels
    }
    assert grown == {
        "kelurahan": {(alone.kelurahan, RW_ONLY): 1, (HERE.kelurahan, RW_ONLY): 1},
        "rw": {(HERE.rw, RW_ONLY): 1},
        "rt": {},
    }
