"""A condition that fails on a value tells nothing of the values the views withhold."""

import psycopg
import pytest
from psycopg.sql import SQL

from tests.app.world import COUNT_ONLY, PERSON, RW_ONLY, START, Spot, add, proposed

SECRETS = {
    "title": "Kursi roda Bu Kenari",
    "problem": "Bu Kenari di Gang Rahasia 7 memerlukan bantuan segera.",
    "address": "Gang Rahasia 7",
    "landmark": "patokan rahasia",
    "proposer": PERSON,
}
# Each of them raises an error with the value in its text as soon as it meets one.
RAISING = [
    "CAST(point.title AS integer) = 0",
    "CAST(point.problem AS integer) = 0",
    "CAST(point.address AS integer) = 0",
    "CAST(point.landmark AS integer) = 0",
    "CAST(point.rt AS integer) = 0",
    "CAST(ST_AsText(point.position) AS integer) = 0",
    "CAST(ST_AsText(point.shape) AS integer) = 0",
    "CAST(CAST(point.created AS text) AS integer) = 0",
]
# Words, the RT and the day; the first of the month and the RW's label point are public.
WITHHELD = ("Kenari", "Rahasia", "rahasia", Spot(9, 1).rt, START.date().isoformat())


@pytest.fixture(scope="module")
def private_needs(town) -> str:
    add(
        town,
        [
            proposed(Spot(9, 1), category=RW_ONLY, year=2024, **SECRETS),
            proposed(Spot(9, 1), category=COUNT_ONLY, year=2024, **SECRETS),
            proposed(Spot(2, 3), category="SP01", year=2024, published=False, **SECRETS),
        ],
    )
    return town.public


@pytest.mark.parametrize("condition", RAISING)
@pytest.mark.parametrize("category", [RW_ONLY, COUNT_ONLY, "SP01"])
def test_an_error_carries_nothing_withheld(private_needs, category, condition):
    query = SQL(
        "SELECT COUNT(*) FROM map.point AS point"
        " WHERE point.category = %s AND point.year = 2024 AND "
    ) + SQL(condition)

    with psycopg.connect(private_needs) as connection:
        try:
            connection.execute(query, (category,))
            said = ""
        except psycopg.Error as error:
            said = str(error)

    assert [word for word in WITHHELD if word in said] == []
