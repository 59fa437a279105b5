"""Who leaves a contact is shown, and told to wait when he sends more than anybody types."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.cities.recent import RecentCities
from app.database import open_database
from app.errors import TooOften
from app.submission import senders
from app.submission.desk import SubmissionDesk
from app.submission.schemas import UsulanDraft
from app.submission.service import Sending
from tests.app.submission.sending import count_stored, draft
from tests.app.world import CITY, Spot

NOW = datetime(2026, 3, 2, 3, 4, tzinfo=UTC)
SRI = {"name": "Sri", "phone": "+62 811-000-111", "consent": True}
BUDI = {"name": "Budi", "phone": "0812000222", "consent": True}
FAR = "203.0.113.7"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Bounds that a test reaches soon."""
    monkeypatch.setattr(senders, "MOST_BY_CONTACT", 3)
    monkeypatch.setattr(senders, "MOST_BY_ADDRESS", 5)


@pytest.fixture
async def process(town):
    """What makes desks as other processes, or the same one started again, have them."""
    database = open_database(town.staff, town.public)
    desks = []

    def begun() -> SubmissionDesk:
        desks.append(SubmissionDesk(database, RecentCities(database)))
        return desks[-1]

    yield begun
    for desk in desks:
        await desk.close()
    await database.close()
    with psycopg.connect(town.superuser) as connection:
        connection.execute("TRUNCATE peta.usulan, peta.submission, peta.attempt CASCADE")


async def sent(desk, number=1, *, person=SRI, now=NOW, address="127.0.0.1", key=None) -> str:
    """What became of each of so many: + stored, - told to wait."""
    told = ""
    for _ in range(number):
        sending = replace(sending_of(), now=now, address=address, key=key)
        try:
            await desk.take(UsulanDraft.model_validate(draft(proposer=person)), sending)
        except TooOften:
            told += "-"
        else:
            told += "+"
    return told


async def test_one_person_waits_after_his_most_and_nothing_more_of_him_is_stored(process, town):
    desk = process()

    assert await sent(desk, 5) == "+++--"
    assert count_stored(town) == 3


async def test_another_person_does_not_wait(process):
    desk = process()
    await sent(desk, 4)

    assert await sent(desk, person=BUDI) == "+"


async def test_other_processes_and_those_started_again_know_how_much_he_sent(process):
    await sent(process(), 3)

    assert await sent(process()) == "-"


def counts(town) -> list[int]:
    with psycopg.connect(town.superuser) as connection:
        rows = connection.execute("SELECT count FROM peta.attempt ORDER BY count")
        return [count for (count,) in rows]


def sending_of() -> Sending:
    return Sending(
        city_code=CITY,
        key=None,
        secret=b"for tests",
        publishes_at_once=True,
        now=NOW,
        rng=random.Random(),
        address="127.0.0.1",
    )


@pytest.mark.parametrize(
    "person",
    [
        {"phone": "0811000111", "consent": True},
        {"name": "Lain", "phone": "62811000111", "consent": True},
        {"phone": "0062 811 000 111", "consent": True},
        {"phone": "+62 (811) 000 111", "email": "lain@contoh.id", "consent": True},
    ],
)
async def test_the_same_telephone_is_the_same_person_however_it_is_written(process, person):
    desk = process()
    await sent(desk, 3)

    assert await sent(desk, person=person) == "-"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"email": "Sri@contoh.id", "consent": True},
            {"email": "sri@CONTOH.id", "name": "X", "consent": True},
        ),
        ({"name": "Sri Rahayu", "consent": True}, {"name": "sri rahayu", "consent": True}),
    ],
)
async def test_an_address_or_a_name_alone_is_a_person_too(process, first, second):
    desk = process()
    await sent(desk, 3, person=first)

    assert await sent(desk, person=second) == "-"


async def test_a_name_alone_is_another_person_in_another_network(process):
    desk, person = process(), {"name": "Sri", "consent": True}
    await sent(desk, 3, person=person, address=FAR)

    assert await sent(desk, person=person, address=FAR) == "-"
    assert await sent(desk, person=person, address="203.0.113.8") == "+"


def test_a_name_alone_is_another_person_in_another_city_and_a_telephone_is_not():
    def buckets(person: dict, city_code: str) -> set[bytes]:
        sent = UsulanDraft.model_validate(draft(proposer=person))
        bounds = senders.bounds_of(sent, city_code=city_code, address="127.0.0.1")
        return {each.bucket(b"for tests") for each in bounds}

    name = {"name": "Sri", "consent": True}

    assert not buckets(name, CITY) & buckets(name, "33.72")
    assert buckets(SRI, CITY) == buckets(SRI, "33.72") != set()


async def test_the_addresses_of_one_ipv6_network_are_one_sender(process):
    desk = process()
    people = [{"phone": f"08160000{number}", "consent": True} for number in range(7)]

    told = [
        await sent(desk, person=person, address=f"2001:db8:1:2::{number}")
        for number, person in enumerate(people)
    ]

    assert "".join(told) == "+++++--"
    assert await sent(desk, person=BUDI, address="2001:db8:1:3::1") == "+"


async def test_who_leaves_no_contact_is_never_told_to_wait(process):
    assert await sent(process(), 8, person=None, address=FAR) == "++++++++"


async def test_a_quarter_of_an_hour_later_he_may_go_on(process):
    desk = process()
    await sent(desk, 4)

    assert await sent(desk, now=NOW + timedelta(minutes=10)) == "-"
    assert await sent(desk, now=NOW + timedelta(minutes=11)) == "+"


async def test_invented_contacts_from_one_address_end_at_its_bound(process):
    desk = process()
    people = [{"phone": f"08130000{number}", "consent": True} for number in range(7)]

    told = [await sent(desk, person=person, address=FAR) for person in people]

    assert "".join(told) == "+++++--"
    assert await sent(desk, person=BUDI, address="203.0.113.8") == "+"


@pytest.mark.parametrize("is_at_hand", [False, True])
async def test_who_is_held_back_uses_up_nothing_of_his_network(process, town, is_at_hand):
    desk = process()
    await sent(desk, address=FAR)
    if is_at_hand:
        await desk._areas._flights.landed()
    await sent(desk, 2, address=FAR)
    before = counts(town)

    told = [await sent(desk if is_at_hand else process(), address=FAR) for _ in range(4)]

    assert "".join(told) == "----"
    assert counts(town) == before == [3, 3]
    assert await sent(desk, 3, person=BUDI, address=FAR) == "++-"


async def test_a_network_that_is_held_back_uses_up_nothing_of_a_person(process, town):
    desk = process()
    await sent(desk, address=FAR)
    await desk._areas._flights.landed()
    for number in range(4):
        await sent(desk, person={"phone": f"08150000{number}", "consent": True}, address=FAR)

    assert await sent(desk, 4, address=FAR) == "----"
    assert await sent(desk, 3, address="203.0.113.8") == "++-"


@pytest.mark.parametrize("address", ["::1", "127.0.0.1", "::ffff:127.0.0.1", ""])
async def test_what_comes_through_the_machine_itself_is_bound_by_contact_alone(process, address):
    desk = process()
    people = [{"phone": f"08140000{number}", "consent": True} for number in range(7)]

    told = [await sent(desk, person=person, address=address) for person in people]

    assert "".join(told) == "+++++++"


async def test_sending_the_same_again_counts_once_and_is_answered_while_he_waits(process, town):
    desk = process()
    assert await sent(desk, 6, key="kunci") == "++++++"
    assert await sent(desk, 2) == "++"
    assert await sent(desk) == "-"

    assert await sent(desk, key="kunci") == "+"
    assert count_stored(town) == 3


async def test_a_key_that_had_to_wait_serves_afterwards(process):
    desk = process()
    await sent(desk, 3)

    assert await sent(desk, key="nanti") == "-"
    assert await sent(desk, key="nanti", now=NOW + timedelta(minutes=15)) == "+"


async def test_an_area_without_a_point_is_counted_too(process, town):
    desk = process()
    await sent(desk, 3)
    body = draft(proposer=SRI, area=Spot(0, 0).kelurahan)
    del body["geometry"]
    sending = sending_of()

    with pytest.raises(TooOften):
        await desk.take(UsulanDraft.model_validate(body), sending)


async def test_the_counts_hold_no_contact_and_no_address(process, town):
    await sent(process(), address=FAR)

    with psycopg.connect(town.superuser) as connection:
        rows = connection.execute("SELECT attempt::text FROM peta.attempt").fetchall()
    assert len(rows) == 2
    assert not any(mark in row for (row,) in rows for mark in ("811", "Sri", "203.0", FAR))


@pytest.mark.parametrize(("language", "told"), [("id", "Tunggu"), ("en", "Wait")])
def test_the_answer_says_how_long_to_wait_in_the_senders_language(http, language, told):
    body = draft(proposer={"email": f"sri-{language}@contoh.id", "consent": True})

    # Twice the most and one: also where a new quarter of an hour begins among them.
    answers = [
        http.post("/api/v1/usulan", json=body, headers={"Accept-Language": language})
        for _ in range(7)
    ]

    refused = [answer for answer in answers if answer.status_code != 201]
    assert {(one.status_code, one.json()["code"]) for one in refused} == {(429, "TERLALU_SERING")}
    assert all(1 <= int(one.headers["Retry-After"]) <= 900 for one in refused)
    assert all(told in one.json()["detail"] for one in refused)
