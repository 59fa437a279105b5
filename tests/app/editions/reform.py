"""Other editions of the small city: the same ground, cut up anew."""

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

import psycopg
import shapely

from app.areas.service import NewArea, NewEdition, find_edition, load_edition
from app.cities.service import KnownCity, find_city
from app.cluster import DatabaseUrls
from app.editions.activate import Activation, TooManyOutside, activate_edition
from app.statements import load_statement
from app.usulan.records import NewUsulan
from spatial.assign import AreaIndex, AreaRecord
from tests.app import world
from tests.app.world import CITY, CITY_ID, COLUMNS, ROWS, Spot

__all__ = ["NewEdition", "TooManyOutside", "load_edition"]

LATER = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
Chain = tuple[str, str, str, str]
SPOTS = [Spot(column, row) for column in range(COLUMNS) for row in range(ROWS)]


def as_it_was(spot: Spot) -> Chain:
    return spot.kecamatan, spot.kelurahan, spot.rw, spot.rt


def cut(chain_of: Callable[[Spot], Chain]) -> list[NewArea]:
    """The areas of an edition in which every RT square has this chain of codes."""
    squares = {spot: world.square(spot.column, spot.row, spot.column + 1, spot.row + 1)
               for spot in SPOTS}  # fmt: skip
    shapes: dict[tuple[str, str], list] = {}
    parents: dict[str, str] = {}
    for spot in SPOTS:
        above = CITY
        levels = ("kecamatan", "kelurahan", "rw", "rt")
        for level, code in zip(levels, chain_of(spot), strict=True):
            shapes.setdefault((level, code), []).append(squares[spot])
            parents[code], above = above, code
    kota = world.areas()[0]
    return [kota] + [
        NewArea(
            code=code,
            level=level,
            parent_code=parents[code],
            name=f"{level} {code}",
            geometry=shapely.union_all(parts),
            population=50 * len(parts),
            households=12 * len(parts),
        )
        for (level, code), parts in sorted(shapes.items())
    ]


def split_north_west(spot: Spot) -> Chain:
    """Kelurahan 01.1001 keeps its west half; the east half becomes 01.1009, RW and all."""
    kecamatan, kelurahan, rw, rt = as_it_was(spot)
    if kelurahan == f"{CITY}.01.1001" and spot.column >= 4:
        kelurahan = f"{CITY}.01.1009"
        rw, rt = (f"{kelurahan}-{code.split('-', 1)[1]}" for code in (rw, rt))
    return kecamatan, kelurahan, rw, rt


def border_moved(spot: Spot) -> Chain:
    """A column of RT goes from kelurahan 01.1001 to its neighbour 02.1003."""
    if spot.column == 7 and spot.row < 4:
        return (*as_it_was(Spot(8, spot.row))[:3], f"{CITY}.02.1003-001-1{spot.row:02d}")
    return as_it_was(spot)


def reshuffled(rng: random.Random) -> Callable[[Spot], Chain]:
    """A city cut up at random: kelurahan split, merged, moved, renumbered."""
    edges = sorted(rng.sample(range(2, COLUMNS - 1), rng.randint(1, 4)))
    middle = rng.randint(2, ROWS - 2)
    salt = rng.randint(1, 4)

    def chain_of(spot: Spot) -> Chain:
        if rng_keeps[spot.column // 4]:
            return as_it_was(spot)
        band = sum(spot.column >= edge for edge in edges)
        kecamatan = f"{CITY}.1{1 + band // 2}"
        kelurahan = f"{kecamatan}.10{salt}{band * 2 + (spot.row >= middle)}"
        rw = f"{kelurahan}-{1 + spot.row % 2:03d}"
        return kecamatan, kelurahan, rw, f"{rw}-{1 + spot.column * ROWS + spot.row:03d}"

    rng_keeps = [rng.random() < 0.4 for _ in range(COLUMNS // 4)]
    return chain_of


def well_placed(usulan: Iterable[NewUsulan]) -> list[NewUsulan]:
    """The same, each where the placing rule puts it in the first edition."""
    records = [
        AreaRecord(area.code, area.level, area.parent_code, area.name, area.geometry)
        for area in world.areas()
    ]
    index = AreaIndex(records)
    levels = {record.code: record.level for record in records}
    placed = []
    for one in usulan:
        if one.geometry is not None:
            chain = {levels[code]: code for code in index.place(one.geometry).chain}
            lower = {level: chain.get(level) for level in ("kecamatan", "kelurahan", "rw", "rt")}
            placed.append(world.replace(one, area_code=list(chain.values())[-1], **lower))
        else:
            placed.append(one)
    return placed


def add_edition(urls: DatabaseUrls, name: str, chain_of: Callable[[Spot], Chain]) -> None:
    with psycopg.connect(urls.staff) as connection:
        load_edition(connection, CITY_ID, NewEdition(name=name), cut(chain_of))
    with psycopg.connect(urls.owner, autocommit=True) as owner:  # as the command does
        owner.execute(load_statement("areas", "analyze"))


def the_city(connection: psycopg.Connection) -> KnownCity:
    found = find_city(connection, CITY)
    assert found is not None
    return found


def activate(urls: DatabaseUrls, name: str, *, seed: int = 1, **options: bool) -> dict:
    with psycopg.connect(urls.staff) as connection:
        asked = Activation(
            city=the_city(connection), name=name, now=LATER, rng=random.Random(seed), **options
        )
        report = activate_edition(connection, asked, progress=lambda *_: None)
    with psycopg.connect(urls.owner, autocommit=True) as owner:  # as the command does
        owner.execute(load_statement("editions", "analyze"))
    return report


def index_of(urls: DatabaseUrls, name: str) -> tuple[int, AreaIndex]:
    """Number and index of an edition, read apart from the code under test."""
    with psycopg.connect(urls.staff) as connection:
        stored = find_edition(connection, CITY_ID, name)
        rows = connection.execute(
            "SELECT code, level, parent_code, name, ST_AsBinary(geom) FROM peta.area"
            " WHERE city_id = %s AND edition_id = %s",
            [CITY_ID, stored.edition_id],
        )
        records = [
            AreaRecord(code, level, parent, name, shapely.from_wkb(bytes(shape)))
            for code, level, parent, name, shape in rows
        ]
    return stored.edition_id, AreaIndex(records, metric_srid=stored.metric_srid)


def usulan_rows(urls: DatabaseUrls) -> list[dict]:
    """Every usulan with its place, by number."""
    with psycopg.connect(urls.staff) as connection:
        cursor = connection.execute(
            "SELECT usulan.*, category.precision, ST_AsBinary(geom) AS shape"
            " FROM peta.usulan INNER JOIN peta.category ON category.code = usulan.category"
            " WHERE city_id = %s ORDER BY number",
            [CITY_ID],
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def count_by(rows: Iterable[Mapping], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row[name] is not None:
            found[row[name]] = found.get(row[name], 0) + 1
    return found
