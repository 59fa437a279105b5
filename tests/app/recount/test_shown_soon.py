"""What somebody sends is in the next answer, whoever else keeps a transaction open."""

import random

import psycopg
import pytest

from app.cluster.backup import write_backup
from app.cluster.restore import restore_backup
from app.standby import AS_OF
from app.usulan.bulk import insert_usulan
from tests.app import world
from tests.app.recount.looks import WHOLE, compare
from tests.app.recount.recounting import recount
from tests.app.submission.sending import draft
from tests.app.world import CITY_ID, RW_ONLY, Spot

MANY = 3_000


def send(web, spot: Spot, category: str = "SP01") -> None:
    assert web.post("/api/v1/usulan", draft(spot, category=category)).status_code == 201


def shown(web) -> int:
    """How many a tile of the whole city and the totals tell of; both, or it fails."""
    matched = web.get("/api/v1/stats", {"level": "kota"}).json()
    assert web.count_in_tile(8) == matched["numberMatched"] - matched["unlocated"]
    return matched["numberMatched"]


@pytest.mark.parametrize("database", ["this one", "another"])
def test_a_transaction_left_open_keeps_nothing_from_showing(web, city, database):
    name = {} if database == "this one" else {"dbname": "postgres"}
    with psycopg.connect(city.superuser, **name) as left_open:
        left_open.execute("SELECT pg_current_xact_id()")

        for sent in range(1, 4):
            send(web, Spot(sent, 1))
            assert shown(web) == 9 + sent
            assert web.has_index()
            # Again, for changes above the horizon are read each time.
            assert shown(web) == 9 + sent

    assert shown(web) == 12
    compare(web, recount(city.superuser), WHOLE)


def test_a_pin_shows_while_many_are_being_loaded(web, city):
    many = [world.proposed(Spot(place % 16, place % 8)) for place in range(MANY)]
    with psycopg.connect(city.staff) as loading:
        insert_usulan(loading, CITY_ID, many, rng=random.Random(5))

        send(web, Spot(3, 3))
        assert shown(web) == 10
        assert web.has_index()

    # Now everything has changed, and the index is being built again.
    send(web, Spot(3, 4))
    assert shown(web) == MANY + 11
    web.stand()
    assert shown(web) == MANY + 11


def test_an_index_follows_a_restore_from_a_server_with_higher_transaction_numbers(
    web, city, tmp_path
):
    with psycopg.connect(city.staff) as connection:
        connection.execute(
            "INSERT INTO peta.change (city_id, txid, usulan_id)"
            " SELECT city_id, 10^12, usulan_id FROM peta.usulan"
        )
    write_backup(city, tmp_path / "backup.tar")
    send(web, Spot(2, 2))
    assert shown(web) == 10

    restore_backup(city, tmp_path / "backup.tar", lambda _line: None)

    assert shown(web) == 9
    web.stand()
    for sent in range(1, 4):
        send(web, Spot(1 + 4 * sent, 1), category=RW_ONLY)
        assert shown(web) == 9 + sent
        assert web.has_index()
    compare(web, recount(city.superuser), WHOLE)


def test_an_answer_that_speaks_of_a_moment_ago_is_asked_for_again(web, monkeypatch):
    presence = web._app.state.presence
    presence._is_away = presence._is_tried = True  # as while another asker tries

    async def give_way(_seconds: float) -> None:
        presence._is_tried = False

    monkeypatch.setattr(web, "pause", give_way)
    answer = web.get("/api/v1/stats")

    assert answer.status_code == 200
    assert AS_OF not in answer.headers
