"""Usulan written by columns are the rows that records give, chained by the same digest."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import RFC_4122, UUID

import numpy as np
import psycopg
import pytest
import shapely

from app.areas.service import NewArea, NewEdition, load_edition
from app.cities.service import add_city
from app.cluster import DatabaseUrls
from app.statements import load_statement
from app.usulan.bulk import NewEvent, NewUsulan, insert_usulan
from app.usulan.columns import UsulanColumns, copy_columns, insert_columns, ready_columns
from app.usulan.history import DIGESTED, event_digest
from app.usulan.numbers import IdSequence, usulan_numbers
from app.usulan.workflow import SUBMISSION, WARGA

AT = datetime(2026, 2, 25, 3, 4, 5, 678900, tzinfo=UTC)
SHAPE = shapely.Point(110.805, -7.565)
OWN = "usulan_id, number, lineage_id, source_id"


@pytest.fixture
def connection(urls: DatabaseUrls) -> Iterator[psycopg.Connection]:
    """A transaction in a city of one area, undone after the test."""
    with psycopg.connect(urls.staff) as connection:
        add_city(connection, "33.72", "Kota")
        box = shapely.box(110.8, -7.57, 110.81, -7.56)
        area = NewArea(code="33.72", level="kota", parent_code=None, name="Kota", geometry=box)
        load_edition(connection, 3372, NewEdition(name="2025"), [area])
        yield connection
        connection.rollback()


TITLES = ("Jalan rusak", "Got \\ mampet\tdi 'sini'")
PROBLEMS = ("Jalan berlubang\ndi depan sekolah", "Selokan é meluap saat hujan deras")

MORE = {
    "address": "Jl. Melati é 3",
    "landmark": "dekat\tpasar",
    "volume": Decimal("12500.50"),
    "unit": "m",
    "beneficiaries": 70_000,
    "severity": 3,
    "accuracy_m": 12.75,
    "declared_area": "33.72",
    "funding": "apbd_kota",
}


def columns(start: str = "A", at: datetime = AT) -> UsulanColumns:
    return UsulanColumns(
        city_id=3372,
        edition_id=1,
        source="berkas",
        years=[2026, 2027],
        categories=["SP01", "SP03"],
        titles=TITLES,
        problems=PROBLEMS,
        created=[at, at],
        updated=[at, at],
        longitudes=np.array([SHAPE.x, np.nan]),
        latitudes=np.array([SHAPE.y, np.nan]),
        area_codes=["33.72", "33.72"],
        chains={"33.72": ("33.72", None, None, None, None)},
        source_ids=[f"{start}1", f"{start}2"],
        doubts=[("dekat_batas", "tanpa_rt"), ()],
        details=['{"from_file":true}', '{"place":{"certainty":"none"}}'],
        source_digests=[bytes(range(32)), bytes(32)],
        load_id=UUID(int=26),
        more={
            "estimated_cost": [15_000, None],
            "inclusion": [("anak",), None],
            **{name: [told, None] for name, told in MORE.items()},
        },
    )


def records() -> list[NewUsulan]:
    told = ({"from_file": True}, {"place": {"certainty": "none"}})
    return [
        NewUsulan(
            year=(2026, 2027)[n],
            category=("SP01", "SP03")[n],
            title=TITLES[n],
            problem=PROBLEMS[n],
            estimated_cost=(15_000, None)[n],
            inclusion=(("anak",), ())[n],
            source_digest=(bytes(range(32)), bytes(32))[n],
            load_id=UUID(int=26),
            **{name: (told, None)[n] for name, told in MORE.items()},
            geometry=(SHAPE, None)[n],
            edition_id=1,
            area_code="33.72",
            kota="33.72",
            doubts=(("dekat_batas", "tanpa_rt"), ())[n],
            channel="musrenbang",
            source="berkas",
            source_id=f"B{n + 1}",
            events=[
                NewEvent(
                    at=AT,
                    kind=SUBMISSION,
                    status="diajukan",
                    actor_role=WARGA,
                    details=told[n],
                )
            ],
        )
        for n in range(2)
    ]


def stored(connection, start: str) -> list[tuple]:
    """Rows without what is drawn by chance or differs on purpose."""
    found = connection.execute(
        "SELECT to_jsonb(usulan) - %s::text[] FROM peta.usulan WHERE source_id LIKE %s"
        " ORDER BY source_id",
        [OWN.split(", "), f"{start}%"],
    )
    return [row[0] for row in found]


def ids(seed: int = 1) -> IdSequence:
    return IdSequence(AT, random.Random(seed))


def test_columns_store_what_records_store(connection):
    insert_columns(connection, columns(), ids=ids(), rng=random.Random(1))
    insert_usulan(connection, 3372, records(), rng=random.Random(2))

    assert stored(connection, "A") == stored(connection, "B")
    assert len(stored(connection, "A")) == 2


@pytest.mark.parametrize("name", ["usulan", "event"])
def test_the_packed_and_the_written_rows_have_the_same_columns(name):
    written, packed = (load_statement("usulan", f"copy_{kind}{name}") for kind in ("", "packed_"))

    assert packed == written + b' WITH (FORMAT "binary")'


def test_the_digest_of_a_row_written_by_columns_is_that_of_its_event(connection):
    insert_columns(connection, columns(), ids=ids(), rng=random.Random(1))

    names = ", ".join(DIGESTED)
    found = connection.execute(f"SELECT {names}, nonce, previous, hash FROM peta.usulan_event")
    rows = found.fetchall()
    assert len(rows) == 2
    for *values, nonce, previous, digest in rows:
        step = dict(zip(DIGESTED, values, strict=True))
        step["at"] = step["at"].astimezone(UTC)
        assert (event_digest(step, nonce=nonce, previous=previous), previous) == (digest, None)


def test_a_number_that_was_given_meanwhile_is_drawn_again(connection):
    ready = ready_columns(columns(), ids=ids(), rng=random.Random(1))
    other = columns("C", AT + timedelta(seconds=1))
    insert_columns(connection, other, ids=ids(2), rng=random.Random(1))  # draws the same numbers

    assert copy_columns(connection, ready, rng=random.Random(2)) == 2

    found = connection.execute("SELECT number, source_id FROM peta.usulan ORDER BY source_id")
    numbers = dict(row[::-1] for row in found)
    assert len(set(numbers.values())) == 4
    assert ready.numbers == [number for key, number in numbers.items() if key[0] == "C"]


def test_numbers_drawn_at_once_look_like_those_drawn_one_by_one():
    numbers = usulan_numbers(3372, [2026, 2027, 2026], random.Random(3))

    assert [number[:11] for number in numbers] == ["33.72-2026-", "33.72-2027-", "33.72-2026-"]
    assert all(len(number) == 17 and number[11:].isalnum() for number in numbers)
    assert len({number[11:] for number in numbers}) == 3


def test_ids_in_sequence_ascend_over_milliseconds_and_blocks():
    sequence = ids()

    taken = [UUID(bytes=bytes(own)) for count in (3, 9_000, 1) for own in sequence.take(count)]

    assert taken == sorted(set(taken))
    assert {(own.version, own.variant) for own in taken} == {(7, RFC_4122)}
    milliseconds = [own.int >> 80 for own in taken]
    assert milliseconds[0] == int(AT.timestamp() * 1000)
    assert milliseconds[-1] - milliseconds[0] == 9_003 // 4_096
