"""A small city for tests of the application: a grid of RT squares of 0.001 degrees.

16 columns by 8 rows of RT; two kecamatan side by side, two kelurahan (north, south) in each, two
RW (west, east) in each of those, 16 RT in an RW. RW 002 of kelurahan 1004 has too few households
for private needs to be counted there. South of row 8 the kota goes on, without RT.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from app.areas.service import NewArea, NewEdition, load_edition
from app.cluster import DatabaseUrls
from app.usulan.bulk import insert_usulan
from app.usulan.records import NewEvent, NewProposer, NewUsulan

CITY_ID, CITY = 9971, "99.71"
WEST, NORTH, STEP = 110.8, -7.56, 0.001
COLUMNS, ROWS = 16, 8
EDITION = "2025"
START = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
EXACT, RW_ONLY, COUNT_ONLY = "SP01", "KP07", "KP09"


@dataclass(frozen=True)
class Spot:
    """One RT square and the chain of codes above it."""

    column: int
    row: int

    @property
    def kecamatan(self) -> str:
        return f"{CITY}.0{1 + self.column // 8}"

    @property
    def kelurahan(self) -> str:
        return f"{self.kecamatan}.100{1 + 2 * (self.column // 8) + self.row // 4}"

    @property
    def rw(self) -> str:
        return f"{self.kelurahan}-00{1 + self.column % 8 // 4}"

    @property
    def rt(self) -> str:
        return f"{self.rw}-{1 + self.row % 4 * 4 + self.column % 4:03d}"

    @property
    def middle(self) -> Point:
        return spot_point(self.column + 0.5, self.row + 0.5)


def spot_point(column: float, row: float) -> Point:
    return Point(round(WEST + column * STEP, 9), round(NORTH - row * STEP, 9))


def square(west: float, north: float, east: float, south: float) -> Polygon:
    first, last = spot_point(west, south), spot_point(east, north)
    return shapely.box(first.x, first.y, last.x, last.y)


def areas() -> list[NewArea]:
    spots = [Spot(column, row) for column in range(COLUMNS) for row in range(ROWS)]
    found = [_area(CITY, "kota", None, square(0, 0, COLUMNS, ROWS + 2))]
    for level, parent in (("kecamatan", "kota"), ("kelurahan", "kecamatan"), ("rw", "kelurahan")):
        for code in sorted({getattr(spot, level) for spot in spots}):
            within = [spot for spot in spots if getattr(spot, level) == code]
            above = CITY if parent == "kota" else getattr(within[0], parent)
            found.append(_area(code, level, above, _cover(within)))
    return found + [_area(spot.rt, "rt", spot.rw, _cover([spot])) for spot in spots]


def _cover(spots: Sequence[Spot]) -> Polygon:
    columns, rows = [spot.column for spot in spots], [spot.row for spot in spots]
    return square(min(columns), min(rows), max(columns) + 1, max(rows) + 1)


def _area(code: str, level: str, parent: str | None, shape: Polygon) -> NewArea:
    crowd = {"kota": 7000, "kecamatan": 3400, "kelurahan": 1600, "rw": 800, "rt": 50}[level]
    sparse = code == f"{CITY}.02.1004-002"
    return NewArea(
        code=code,
        level=level,
        parent_code=parent,
        name=f"{level.upper()} {code[-4:]}",
        geometry=shape,
        kind="kelurahan" if level == "kelurahan" else None,
        population=crowd,
        households=6 if sparse else crowd // 4,
        status="resmi",
    )


def proposed(spot: Spot | None = None, **changes: object) -> NewUsulan:
    """One submitted usulan in the middle of an RT, different where the test says so."""
    spot = spot or Spot(0, 0)
    usulan = NewUsulan(
        year=2026,
        category=EXACT,
        title="Jalan rusak di depan musala",
        problem="Jalan berlubang dan becek saat hujan sepanjang gang.",
        geometry=spot.middle,
        edition_id=1,
        area_code=spot.rt,
        kota=CITY,
        kecamatan=spot.kecamatan,
        kelurahan=spot.kelurahan,
        rw=spot.rw,
        rt=spot.rt,
        source="warga",
        events=[NewEvent(at=START, kind="pengajuan", status="diajukan", actor_role="warga")],
    )
    return replace(usulan, **changes)


def at_status(status: str, *, at: datetime = START) -> list[NewEvent]:
    """A history that ends in a status; not one that the status table permits."""
    first = NewEvent(at=at, kind="pengajuan", status="diajukan", actor_role="warga")
    if status == "diajukan":
        return [first]
    last = NewEvent(
        at=at + timedelta(days=9), kind="perubahan_status", status=status, actor_role="warga"
    )
    return [first, last]


def random_usulan(rng: random.Random, number: int) -> list[NewUsulan]:
    """Usulan of every precision, status, year and shape, some without a position."""
    return [_random_usulan(rng) for _ in range(number)]


def _random_usulan(rng: random.Random) -> NewUsulan:
    spot = Spot(rng.randrange(COLUMNS), rng.randrange(ROWS))
    at = START + timedelta(minutes=rng.randrange(200_000))
    statuses = ("diajukan", "verifikasi_kel", "selesai", "ditolak", "digabung", "dibatalkan")
    usulan = proposed(
        spot,
        category=rng.choice(("SP01", "SP03", "SP08", "KP01", "KP07", "KP09", "SB02", "EK02")),
        year=rng.choice((2024, 2025, 2026)),
        geometry=_random_geometry(rng, spot),
        estimated_cost=rng.choice((None, 0, 1_234_567, 98_765_432)),
        beneficiaries=rng.choice((None, 12, 345)),
        supporters=rng.randrange(200),
        severity=rng.choice((None, 1, 2, 3)),
        volume=rng.choice((None, Decimal("12.50"))),
        funding=rng.choice((None, "apbd_kota", "swadaya")),
        channel=rng.choice(("rembug", "pokir")),
        published=rng.random() > 0.1,
        events=at_status(rng.choice(statuses), at=at),
    )
    if usulan.geometry is None and rng.random() < 0.5:
        return replace(usulan, area_code=spot.kelurahan, rw=None, rt=None)
    return usulan


def _random_geometry(rng: random.Random, spot: Spot) -> BaseGeometry | None:
    start = spot_point(spot.column + rng.random(), spot.row + rng.random())
    # Some stand exactly on a corner, where four squares and four tiles may meet.
    corner = spot_point(spot.column, spot.row)
    end = spot_point(spot.column + rng.random(), spot.row + rng.random())
    patch = square(spot.column + 0.2, spot.row + 0.2, spot.column + 0.8, spot.row + 0.8)
    return rng.choice((start, start, start, corner, LineString([start, end]), patch, None))


def sparse_areas() -> list[NewArea]:
    """Of another city: three kelurahan of 4 by 4 squares, as real boundary files leave them.

    The first has one RW with two RT, the second two RT and no RW, the third nothing beneath.
    """
    kecamatan = f"{CITY}.01"
    found = [
        _area(CITY, "kota", None, square(0, 0, 12, 4)),
        _area(kecamatan, "kecamatan", CITY, square(0, 0, 12, 4)),
        _area(f"{kecamatan}.1001-001", "rw", f"{kecamatan}.1001", square(0, 0, 4, 4)),
    ]
    for place, part in enumerate((f"{kecamatan}.1001-001", f"{kecamatan}.1002-000", None)):
        west, kelurahan = 4 * place, f"{kecamatan}.100{place + 1}"
        found.append(_area(kelurahan, "kelurahan", kecamatan, square(west, 0, west + 4, 4)))
        if part is not None:
            above = part.removesuffix("-000")
            north, south = square(west, 0, west + 4, 2), square(west, 2, west + 4, 4)
            found.append(_area(f"{part}-001", "rt", above, north))
            found.append(_area(f"{part}-002", "rt", above, south))
    return found


def settle(urls: DatabaseUrls, land: Sequence[NewArea] | None = None) -> None:
    """Add the city and its boundaries; categories come with the migration."""
    with psycopg.connect(urls.staff) as connection:
        connection.execute(
            "INSERT INTO peta.city (city_id, code, name, demo)"
            " VALUES (%s, %s, 'Kota Contoh', true)",
            [CITY_ID, CITY],
        )
        load_edition(connection, CITY_ID, NewEdition(name=EDITION), land or areas())
    count_anew(urls)


def count_anew(urls: DatabaseUrls) -> None:
    """Tell the planner how much there is, as every load does at its end."""
    with psycopg.connect(urls.superuser) as connection:
        connection.execute("ANALYZE peta.area, peta.usulan")


def add(urls: DatabaseUrls, usulan: Sequence[NewUsulan], *, seed: int = 1) -> list[str]:
    """Write usulan; their numbers, in the order given."""
    with psycopg.connect(urls.staff) as connection:
        before = _numbers(connection)
        insert_usulan(connection, CITY_ID, usulan, rng=random.Random(seed * 7919 + len(before)))
        after = _numbers(connection)
    count_anew(urls)
    return [number for number in after if number not in set(before)]


def _numbers(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT number FROM peta.usulan WHERE city_id = %s ORDER BY ctid", [CITY_ID]
    )
    return [row[0] for row in rows]


PERSON = NewProposer(
    name="Sri Canary Wahyuni",
    phone="+62811CANARY99",
    email="canary@warga.example",
    role="warga",
    consented=START,
)
