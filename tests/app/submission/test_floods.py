"""Where far more than usual comes without a contact, it is looked at before it is shown."""

import asyncio
import json
import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.cities.recent import RecentCities
from app.database import open_database
from app.submission import floods
from app.submission.desk import SubmissionDesk
from app.submission.schemas import UsulanDraft
from app.submission.service import Sending
from tests.app import world
from tests.app.command import Installation
from tests.app.submission.sending import draft, stored
from tests.app.world import CITY, Spot

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
PERSON = {"name": "Sri", "phone": "+62811000111", "consent": True}


@pytest.fixture
def city(town):
    """A city that is no demo and holds from five on; without usulan, as it is left."""
    limits = "UPDATE peta.city SET demo = %s, hold_above = %s, hold_times = %s"
    with psycopg.connect(town.staff) as connection:
        connection.execute(limits, [False, 5, 2])
    yield town
    with psycopg.connect(town.superuser) as connection:
        connection.execute(limits, [True, None, None])
        connection.execute("TRUNCATE peta.usulan CASCADE")


@pytest.fixture
async def process(city):
    """What makes desks as other processes, or the same one started again, have them."""
    database = open_database(city.staff, city.public)
    desks = []

    def begun() -> SubmissionDesk:
        desks.append(SubmissionDesk(database, RecentCities(database)))
        return desks[-1]

    yield begun
    for desk in desks:
        await desk.close()
    await database.close()


async def sent(desk: SubmissionDesk, number: int = 1, *, now: datetime = NOW, **more) -> str:
    """Whether each of so many is shown at once: + for yes, - for no."""
    told = ""
    for _ in range(number):
        answer = await desk.take(UsulanDraft.model_validate(draft(**more)), sending(now))
        told += "+" if answer["published"] else "-"
    return told


def sending(now: datetime) -> Sending:
    return Sending(
        city_code=CITY,
        key=None,
        secret=b"for tests",
        publishes_at_once=True,
        now=now,
        rng=random.Random(),
    )


async def test_the_sixth_without_a_contact_is_held_where_five_are_the_limit(process):
    assert await sent(process(), 8) == "+++++---"


async def test_who_can_be_asked_back_is_shown_in_the_midst_of_a_flood(process):
    desk = process()
    await sent(desk, 6)

    assert await sent(desk, 2, proposer=PERSON) == "++"
    assert await sent(desk) == "-"


async def test_a_role_alone_is_no_contact(process):
    desk = process()
    await sent(desk, 5)

    assert await sent(desk, proposer={"role": "warga", "consent": True}) == "-"


async def test_who_can_be_asked_back_uses_up_no_room(process):
    desk = process()
    await sent(desk, 6, proposer=PERSON)

    assert await sent(desk, 6) == "+++++-"


async def test_all_who_wait_for_one_look_hear_soon_that_it_cannot_be_made(
    city, process, monkeypatch
):
    monkeypatch.setattr(floods, "LOOK_WAIT_S", 0.3)
    desk = process()
    with psycopg.connect(city.superuser) as holding:
        holding.execute("LOCK TABLE peta.usulan, peta.city IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        sending = (sent(desk) for _ in range(8))
        told = await asyncio.gather(*sending, return_exceptions=True)
        seconds = time.monotonic() - began

    assert [type(each) for each in told] == [TimeoutError] * 8
    assert seconds < 2 * 0.3 + 1
    assert await sent(desk) == "+"


async def test_another_process_and_one_that_was_restarted_know_of_the_flood(process):
    await sent(process(), 5)

    assert await sent(process()) == "-"


async def test_an_hour_later_there_is_room_again(process):
    await sent(process(), 6)

    assert await sent(process(), now=NOW + timedelta(minutes=59)) == "-"
    assert await sent(process(), now=NOW + timedelta(minutes=61)) == "+"


async def test_what_is_usual_in_the_city_raises_the_limit(city, process):
    """672 in a week are four an hour, so twice that is more than five."""
    at = NOW - timedelta(days=3)
    events = world.at_status("diajukan", at=at)
    world.add(city, [world.proposed(Spot(2, 2), events=events) for _ in range(672)])

    assert await sent(process(), 9) == "++++++++-"


async def test_what_was_held_before_is_not_usual(city, process):
    at = NOW - timedelta(days=3)
    events = world.at_status("diajukan", at=at)
    flood = [world.proposed(Spot(2, 2), events=events, published=False) for _ in range(672)]
    world.add(city, flood)

    assert await sent(process(), 6) == "+++++-"


async def test_the_demo_city_holds_nothing_unless_it_is_told_to(city, process):
    with psycopg.connect(city.staff) as connection:
        connection.execute("UPDATE peta.city SET demo = true, hold_above = NULL, hold_times = NULL")

    assert await sent(process(), 25) == "+" * 25


async def test_a_city_that_sets_no_limit_holds_above_twenty(city, process):
    with psycopg.connect(city.staff) as connection:
        connection.execute("UPDATE peta.city SET hold_above = NULL, hold_times = NULL")

    assert await sent(process(), 22) == "+" * 20 + "--"


async def test_the_same_request_again_is_told_that_it_is_held(process):
    desk = process()
    await sent(desk, 5)
    body = UsulanDraft.model_validate(draft())
    with_key = replace(sending(NOW), key="kunci-banjir")

    answers = [await desk.take(body, with_key) for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0]["published"] is False


async def test_what_is_held_stands_in_no_public_view(city, process):
    desk = process()
    await sent(desk, 5)
    answer = await desk.take(UsulanDraft.model_validate(draft()), sending(NOW))

    assert stored(city, answer["number"])["published"] is False
    with psycopg.connect(city.public) as connection:
        shown = connection.execute("SELECT COUNT(*) FROM map.point").fetchone()
    assert shown == (5,)


def test_the_command_tells_and_sets_the_limits_of_a_city(city, tmp_path):
    place = Installation(city, tmp_path)

    told = [
        place.peta("city", "holding", CITY, *more).stdout
        for more in (
            (),
            ("--above", "40", "--times", "3"),
            ("--usual",),
            ("--above", "30"),
            ("--times", "7", "--json"),
        )
    ]

    assert "lebih dari 5 usulan" in told[0]
    assert "lebih dari 40 usulan" in told[1]
    assert "lebih dari 3 kali" in told[1]
    assert "lebih dari 20 usulan" in told[2]
    assert "lebih dari 5 kali" in told[2]
    assert "lebih dari 30 usulan" in told[3]
    assert json.loads(told[4])["limits"] == {"above": 30, "times": 7}  # the other stays
