"""Lists of work that an officer comes back to are his own."""

import pytest

from app.accounts.saved import MOST_FILTERS
from tests.app.world import Spot

LATE = {"name": "Terlambat di RW 2", "query": "queue=terlambat&area=99.71.01.1001-002"}


@pytest.fixture
def lurah(office):
    return office("lurah", Spot(0, 0))


def saved(who) -> list[dict]:
    return who.ask("GET", "/filters").json()["filters"]


def test_a_saved_list_is_there_again_until_it_is_dropped(lurah):
    told = lurah.ask("POST", "/filters", json=LATE)
    kept = saved(lurah)
    dropped = lurah.ask("DELETE", "/filters", params={"name": LATE["name"]})

    assert told.json() == {"filters": [LATE]}
    assert kept == [LATE]
    assert (dropped.status_code, saved(lurah)) == (204, [])


def test_the_same_name_again_replaces_the_list(lurah):
    lurah.ask("POST", "/filters", json=LATE)
    other = {**LATE, "query": "queue=ragu"}

    assert lurah.ask("POST", "/filters", json=other).json() == {"filters": [other]}


def test_nobody_sees_or_drops_the_list_of_another(lurah, office):
    lurah.ask("POST", "/filters", json=LATE)
    other = office("lurah", Spot(0, 0))

    assert saved(other) == []
    assert other.ask("DELETE", "/filters", params={"name": LATE["name"]}).status_code == 404
    assert saved(lurah) == [LATE]


def test_there_are_only_so_many(lurah):
    for number in range(MOST_FILTERS):
        lurah.ask("POST", "/filters", json={**LATE, "name": f"Nomor {number}"})

    answer = lurah.ask("POST", "/filters", json=LATE)

    assert answer.status_code == 422
    assert len(saved(lurah)) == MOST_FILTERS


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "query": "queue=ragu"},
        {"name": "a" * 61, "query": "queue=ragu"},
        {"name": "a\nb", "query": "queue=ragu"},
        {"name": "a", "query": "dua kata"},
        {"name": "a"},
    ],
)
def test_a_list_without_a_proper_name_or_query_is_refused(lurah, body):
    assert lurah.ask("POST", "/filters", json=body).status_code == 422
