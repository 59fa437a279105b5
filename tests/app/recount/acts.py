"""What changes a city's numbers, each as the installation itself does it."""

import csv
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from app.categories_file import CATEGORIES
from app.cities.service import KnownCity, find_city
from app.cluster import DatabaseUrls
from app.guesses.categories import CategoryGuesser
from app.guesses.guess import category_words
from app.lists.file import ListWish, Surroundings, load_list_file
from app.lists.limits import LoadLimits
from app.loads.undoing import TakenBy, take_back
from app.population.file import PeopleFile, PeopleRow
from app.population.load import load_people
from app.privacy.retention import retain
from tests.app.submission.sending import draft
from tests.app.world import CITY, CITY_ID, COLUMNS, ROWS, Spot, spot_point

RECORDS = 24
"""Records that the office's list may speak of; few, so that many come again."""
CATEGORIES_USED = ("SP01", "SP03", "KP01", "KP07", "KP09", "EK02")
STATUSES = (
    *("diajukan", "verifikasi_kel", "selesai", "belum_diakomodir"),
    *("ditolak", "digabung", "dibatalkan"),
)
_COLUMNS = (
    *("source_id", "title", "problem", "category", "longitude", "latitude", "area", "status"),
    *(
        "reason_code",
        "reason",
        "year",
        "estimated_cost",
        "beneficiaries",
        "funding_source",
        "channel",
    ),
)


def random_drafts(rng: random.Random) -> list[dict[str, Any]]:
    """What a few residents send: of any precision, with and without numbers."""
    return [_draft(rng, rng.choice(CATEGORIES_USED)) for _ in range(rng.randint(1, 3))]


def needs_of_neighbours(rng: random.Random) -> list[dict[str, Any]]:
    """Private needs of few kinds in few RW: the second of a kind moves the first."""
    spots = [Spot(rng.choice((1, 2, 9, 13)), rng.choice((1, 6))) for _ in range(rng.randint(1, 2))]
    return [draft(spot, category=rng.choice(("KP01", "KP07"))) for spot in spots]


def _draft(rng: random.Random, category: str) -> dict[str, Any]:
    spot = Spot(rng.randrange(COLUMNS), rng.randrange(ROWS))
    numbers = {
        "estimated_cost": rng.choice((0, 5_000_000)),
        "beneficiaries": rng.choice((0, 8)),
        "accuracy_m": rng.choice((0, 250)),  # so far off that its place is a doubt
    }
    known: dict[str, Any] = {name: value for name, value in numbers.items() if value}
    if rng.random() < 0.5:
        phone = f"08{rng.randrange(10**9):09}"  # another one each time, so that nobody has to wait
        known["proposer"] = {"name": "Sri", "phone": phone, "consent": True}
    return draft(spot, category=category, **known)


def write_list(path: Path, rng: random.Random) -> None:
    """A list of some of the office's records, each with other words than the last time."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, _COLUMNS)
        out.writeheader()
        for key in rng.sample(range(RECORDS), rng.randint(1, 12)):
            out.writerow(_record(key, rng))


def _record(key: int, rng: random.Random) -> dict[str, object]:
    # Few places, so that private needs meet in an RW and leave it again.
    at = spot_point(rng.choice((1, 2, 6, 9, 13)) + 0.4, rng.choice((1, 6)) + 0.3)
    place = {"longitude": at.x, "latitude": at.y}
    return {
        "source_id": f"kantor-{key}",
        "title": f"Perbaikan nomor {key}",
        "problem": "Jalan berlubang dan becek saat hujan sepanjang gang.",
        "category": rng.choice(CATEGORIES_USED),
        **(place if rng.random() < 0.9 else {"area": Spot(key % COLUMNS, 1).kelurahan}),
        "status": rng.choice(("diajukan", rng.choice(STATUSES))),
        "reason_code": "A08",
        "reason": "Anggaran tahun ini terbatas",
        "year": 2024 + key % 3,
        "estimated_cost": rng.choice(("", 1_500_000, 22_000_000)),
        "beneficiaries": rng.choice(("", 40)),
        "funding_source": rng.choice(("", "apbd_kota", "swadaya")),
        "channel": rng.choice(("rembug", "pokir")),
    }


@cache
def _guesser() -> CategoryGuesser:
    return CategoryGuesser(category_words(CATEGORIES))


@contextmanager
def _uncounted(_rows: int) -> Iterator[Callable[[int], None]]:
    yield lambda _done: None


def load_list(
    connection: psycopg.Connection, path: Path, limits: LoadLimits | None = None
) -> dict[str, Any]:
    """The list loaded in a transaction that is the caller's to end; the report."""
    around = Surroundings(now=datetime.now(UTC), counted=_uncounted, guesser=_guesser())
    wish = ListWish(path=path, kept_mappings=path.parent / "mappings", limits=limits)
    return load_list_file(connection, known_city(connection), wish, around)


def limits_of(rng: random.Random) -> LoadLimits:
    """An officer who loads: a planner for the city, or an operator for one kelurahan of it."""
    role, area = rng.choice(
        (("perencana_bappeda", CITY), ("operator_kelurahan", Spot(1, 1).kelurahan))
    )
    return LoadLimits(UUID(int=rng.getrandbits(128)), area, role, area, frozenset({role}))


def take_back_load(urls: DatabaseUrls, load: LoadLimits, rng: random.Random) -> dict[str, Any]:
    """What the load of an officer created is cancelled, but for what was touched since."""
    taken = TakenBy(
        city_id=CITY_ID,
        load_id=load.load_id,
        role=load.role,
        area=load.role_area,
        now=datetime.now(UTC),
    )
    with psycopg.connect(urls.staff) as connection:
        return take_back(connection, taken, rng=rng, progress=lambda _done: None)


def retain_contacts(urls: DatabaseUrls) -> int:
    """Contacts of what was closed are erased as in years from now; of how many usulan."""
    with psycopg.connect(urls.staff) as connection:
        return retain(connection, CITY_ID, now=datetime.now(UTC) + timedelta(days=5_000)).usulan


def continuable(urls: DatabaseUrls) -> list[tuple[str, dict[str, Any]]]:
    """Numbers that a resident may continue, each with a draft that does."""
    with psycopg.connect(urls.staff) as connection:
        rows = connection.execute(
            "SELECT number, category, ST_X(position), ST_Y(position)"
            " FROM peta.usulan AS former INNER JOIN peta.category ON code = category"
            " WHERE status = 'belum_diakomodir' AND published AND precision = 'exact'"
            " AND former.year <= extract(year FROM now())"  # sent now, it is for the next one
            " AND position IS NOT NULL AND former.edition_id ="
            " (SELECT edition_id FROM peta.boundary_edition WHERE active)"
            " AND NOT EXISTS (SELECT 1 FROM peta.usulan AS later"
            " WHERE later.continues_id = former.usulan_id) ORDER BY number"
        ).fetchall()
    return [
        (
            number,
            draft(
                category=category,
                continues=number,
                geometry={"type": "Point", "coordinates": [x, y]},
            ),
        )
        for number, category, x, y in rows
    ]


def count_people(urls: DatabaseUrls, rng: random.Random) -> None:
    """Other numbers of households in some RW: few of them send private needs a level up."""
    with psycopg.connect(urls.staff) as connection:
        rooms = [
            code
            for (code,) in connection.execute(
                "SELECT area.code FROM peta.area INNER JOIN peta.boundary_edition AS edition"
                " USING (city_id, edition_id) WHERE edition.active AND level = 'rw' ORDER BY 1"
            )
        ]
        rows = [
            PeopleRow(line, code, rng.randint(0, 900), rng.choice((6, 10, 200)))
            for line, code in enumerate(rng.sample(rooms, min(3, len(rooms))), start=2)
        ]
        load_people(connection, known_city(connection), None, PeopleFile(rows, (), (), (), ()))


def known_city(connection: psycopg.Connection) -> KnownCity:
    found = find_city(connection, CITY)
    assert found is not None
    return found
