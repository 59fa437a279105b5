"""Many usulan by COPY: the same seed, the same rows; numbers given once; histories chained."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
import shapely

from app.areas.service import NewArea, NewEdition, load_edition
from app.cities.service import add_city
from app.cluster import DatabaseUrls
from app.usulan.bulk import NewEvent, NewProposer, NewUsulan, insert_usulan
from app.usulan.columns import copy_ready
from app.usulan.history import DIGESTED, event_digest
from app.usulan.numbers import usulan_id_at
from app.usulan.ready import ready_usulan

START = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
ROAD = shapely.LineString([(110.802, -7.565), (110.806, -7.565)])


@pytest.fixture
def staff(urls: DatabaseUrls) -> Iterator[psycopg.Connection]:
    """A transaction of the staff role in a city of one area, undone after the test."""
    with psycopg.connect(urls.staff) as connection:
        add_city(connection, "33.72", "Kota")
        square = shapely.box(110.80, -7.57, 110.81, -7.56)
        area = NewArea(code="33.72", level="kota", parent_code=None, name="Kota", geometry=square)
        load_edition(connection, 3372, NewEdition(name="2025"), [area])
        yield connection
        connection.rollback()


def usulan(number: int, **chosen: object) -> NewUsulan:
    events = [
        NewEvent(
            at=START + timedelta(hours=number),
            kind="pengajuan",
            status="diajukan",
            actor_role="warga",
        ),
        NewEvent(
            at=START + timedelta(days=number + 1),
            kind="berkas",
            status="verifikasi_kel",
            stage="pra_kel",
            actor_role="operator_kelurahan",
            details={"from_file": True},
        ),
    ]
    facts = {
        "year": 2026,
        "category": "SP01",
        "title": f"Jalan rusak {number}",
        "problem": "Jalan berlubang di depan sekolah",
        "geometry": ROAD,
        "edition_id": 1,
        "area_code": "33.72",
        "kota": "33.72",
        "source": "berkas",
        "events": events,
    }
    return NewUsulan(**{**facts, **chosen})


def test_status_times_and_position_follow_from_events_and_geometry(staff):
    written = insert_usulan(staff, 3372, [usulan(0)], rng=random.Random(1))

    row = staff.execute(
        "SELECT status, stage, created, updated, ST_X(position), lineage_id = usulan_id,"
        " cell IS NOT NULL FROM peta.usulan"
    ).fetchone()
    assert written == 1
    assert row == (
        "verifikasi_kel",
        "pra_kel",
        START,
        START + timedelta(days=1),
        pytest.approx(110.804),
        True,
        True,
    )


def test_a_seed_gives_the_same_rows_again(staff):
    facts = "SELECT usulan_id, title, tracking_hash FROM peta.usulan ORDER BY title"
    found = []
    for _ in range(2):
        with staff.transaction(force_rollback=True):
            insert_usulan(staff, 3372, map(usulan, range(9)), rng=random.Random(7), batch=4)
            found.append(staff.execute(facts).fetchall())

    assert found[0] == found[1]
    assert len(found[0]) == 9


class _Forgetful(random.Random):
    """Draws the same six letters twice before it goes on."""

    def __init__(self) -> None:
        super().__init__(3)
        self._drawn = 0

    def choices(self, population, *, k):
        self._drawn += 1
        return list("AAAAAA") if self._drawn <= 3 else super().choices(population, k=k)


def test_a_number_is_given_once_in_a_city_and_year(staff):
    insert_usulan(staff, 3372, map(usulan, range(2)), rng=_Forgetful(), batch=1)
    insert_usulan(staff, 3372, map(usulan, range(2, 4)), rng=_Forgetful())

    numbers = [row[0] for row in staff.execute("SELECT number FROM peta.usulan")]
    assert len(set(numbers)) == 4
    assert "33.72-2026-AAAAAA" in numbers


JAKARTA = timezone(timedelta(hours=7))
EVERYTHING = {
    "address": "Jl. Melati \u00e9 3",
    "landmark": "dekat\tpasar",
    "volume": Decimal("12500.50"),
    "unit": "m",
    "estimated_cost": 15_000_000_000,
    "beneficiaries": 70_000,
    "severity": 3,
    "inclusion": ["anak", "lansia"],
    "supporters": 12,
    "geometry": shapely.Point(110.805, -7.565),
    "position": shapely.Point(110.804, -7.566),
    "accuracy_m": 12.75,
    "area_shares": [{"code": "33.72", "share": 1.0}],
    "declared_area": "33.72",
    "doubts": ("dekat_batas", "tanpa_rt"),
    "channel": "pokir",
    "funding": "csr",
    "published": False,
    "sequence": 2,
    "source_digest": bytes(range(32)),
    "load_id": UUID(int=26),
    "events": [
        NewEvent(
            at=datetime(2025, 3, 1, 1, 2, 3, 450_000, tzinfo=JAKARTA),
            kind="pengajuan",
            status="diajukan",
            actor_role="warga",
            actor_area="33.72",
            details={"z": {"b": 1, "a": None}, "\u00e9": '"'},
        ),
        NewEvent(
            at=datetime(2025, 3, 2, tzinfo=JAKARTA),
            kind="keputusan",
            status="ditolak",
            stage="pra_kel",
            actor_role="operator_kelurahan",
            reason_code="A01",
            reason='Di luar "kota", @nonce',
        ),
    ],
}


def ready_ones(count: int) -> list[NewUsulan]:
    awkward = {
        "title": "Tab\t, garis\\miring",
        "problem": "Baris satu\nbaris dua\r, \\N",
        "severity": 2,
    }
    return [
        usulan(
            number,
            usulan_id=usulan_id_at(START + timedelta(hours=number), bytes(range(10))),
            source_id=f"S{number}",
            **(awkward if number == 1 else EVERYTHING if number == 2 else {}),
        )
        for number in range(count)
    ]


def test_what_was_made_ready_is_stored_as_records_are(staff):
    facts = "SELECT TO_JSONB(usulan) - 'number' FROM peta.usulan AS usulan ORDER BY source_id"
    steps = (
        "SELECT TO_JSONB(event) - '{nonce,hash,previous}'::text[] FROM peta.usulan_event AS event"
    )
    found = []
    for is_ready in (True, False):
        with staff.transaction(force_rollback=True):
            if is_ready:
                ready = ready_usulan(3372, ready_ones(3), rng=random.Random(5))
                assert copy_ready(staff, ready, rng=random.Random(6)) == 3
            else:
                insert_usulan(staff, 3372, ready_ones(3), rng=random.Random(7))
            found.append([staff.execute(query).fetchall() for query in (facts, steps)])

    assert found[0] == found[1]
    assert [len(rows) for rows in found[0]] == [3, 6]


def test_a_number_given_meanwhile_is_not_given_to_what_was_made_ready(staff):
    ready = ready_usulan(3372, ready_ones(2), rng=random.Random(5))
    taken = usulan(9)
    insert_usulan(staff, 3372, [taken], rng=random.Random(1))
    staff.execute("UPDATE peta.usulan SET number = %s", [ready.numbers[1]])

    copy_ready(staff, ready, rng=random.Random(6))

    numbers = [row[0] for row in staff.execute("SELECT number FROM peta.usulan")]
    assert len(set(numbers)) == 3
    assert set(ready.numbers) <= set(numbers)


def by_copy(staff: psycopg.Connection, rows: list[NewUsulan]) -> None:
    copy_ready(staff, ready_usulan(3372, rows, rng=random.Random(1)), rng=random.Random(2))


def by_records(staff: psycopg.Connection, rows: list[NewUsulan]) -> None:
    insert_usulan(staff, 3372, rows, rng=random.Random(1))


@pytest.mark.parametrize("write", [by_copy, by_records])
def test_each_step_is_chained_to_the_one_before(staff, write):
    write(staff, ready_ones(3))

    columns = ", ".join(DIGESTED)
    previous, seen = None, 0
    for *values, nonce, before, digest in staff.execute(
        f"SELECT {columns}, nonce, previous, hash FROM peta.usulan_event"
        " ORDER BY usulan_id, sequence"
    ).fetchall():
        step = dict(zip(DIGESTED, values, strict=True))
        step["at"] = step["at"].astimezone(UTC)
        assert before == (previous if step["sequence"] > 1 else None)
        assert digest == event_digest(step, nonce=nonce, previous=before)
        previous, seen = digest, seen + 1
    assert seen == 6


def test_contacts_are_written_only_for_those_who_gave_them(staff):
    person = NewProposer(name="Sri", consented=START)

    insert_usulan(staff, 3372, [usulan(0), usulan(1, proposer=person)], rng=random.Random(1))

    assert staff.execute("SELECT name FROM peta.proposer").fetchall() == [("Sri",)]


def test_a_place_known_only_as_an_area_has_no_position(staff):
    insert_usulan(staff, 3372, [usulan(0, geometry=None)], rng=random.Random(1))

    assert staff.execute("SELECT geom, position, cell FROM peta.usulan").fetchall() == [
        (None, None, None)
    ]
