"""Two loads of boundaries at the same time: one waits, and neither undoes the other."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg
import pytest
import shapely
from psycopg import Connection

from app.areas.load import BoundaryLoad, LoadOutcome, load_boundaries
from app.areas.service import NewEdition
from app.cities.service import KnownCity
from spatial.boundaries.check import BoundaryArea
from tests.app.command import Installation

CITY = KnownCity(3372, "33.72", "Kota Surakarta", "Asia/Jakarta")
KECAMATAN = BoundaryArea("33.72.02", "Serengan", shapely.box(110.82, -7.57, 110.84, -7.56))
KELURAHAN = BoundaryArea("33.72.02.1001", "Joyotakan", shapely.box(110.82, -7.57, 110.83, -7.56))


@pytest.fixture
def surakarta(installation: Installation) -> Installation:
    assert installation.peta("city", "add", CITY.code, CITY.name).status == 0
    return installation


@pytest.fixture
def two(surakarta: Installation) -> Iterator[tuple[Connection, Connection]]:
    with (
        psycopg.connect(surakarta.urls.staff) as first,
        psycopg.connect(surakarta.urls.staff) as second,
    ):
        yield first, second


def load(connection: Connection, level: str, area: BoundaryArea) -> LoadOutcome:
    asked = BoundaryLoad(city=CITY, level=level, edition=NewEdition(name="2025"), areas=(area,))
    outcome = load_boundaries(connection, asked, progress=lambda *_: None)
    connection.commit()
    return outcome


def wait_until_it_waits(place: Installation, waiting: Future[LoadOutcome], pid: int) -> None:
    query = f"SELECT wait_event_type FROM pg_stat_activity WHERE pid = {pid:d}"
    deadline = time.monotonic() + 100
    while place.rows(query) != [("Lock",)]:
        assert not waiting.done()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("known_before", [True, False])
def test_a_made_parent_never_replaces_one_that_is_being_loaded(surakarta, two, known_before):
    first, second = two
    if known_before:
        other = BoundaryArea("33.72.01.1001", "Pajang", shapely.box(110.80, -7.57, 110.81, -7.56))
        load(first, "kelurahan", other)
    asked = BoundaryLoad(
        city=CITY, level="kecamatan", edition=NewEdition(name="2025"), areas=(KECAMATAN,)
    )
    load_boundaries(first, asked, progress=lambda *_: None)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(load, second, "kelurahan", KELURAHAN)
        wait_until_it_waits(surakarta, waiting, second.info.backend_pid)
        first.commit()
        waiting.result(10)

    assert surakarta.rows(
        "SELECT name, ST_XMax(geom) FROM peta.area WHERE city_id = 3372 AND code = '33.72.02'"
    ) == [("Serengan", 110.84)]
