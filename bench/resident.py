"""Rows about the resident index itself, in this process: built, changed, asked, grown."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import geopandas
import numpy as np
import psycopg
import shapely
import uvloop

from app.cities.queries import find_city
from app.database import open_database
from app.resident.gathered import Gathered
from app.resident.kept import MOST_READ_AGAIN, Kept, read_whole
from app.resident.queries import read_changes, read_rows
from app.resident.rows import decode_rows
from app.resident.words import coded_rows
from app.statements import load_statement
from bench.client import NotAnswered, seconds_of
from bench.drawn import heaviest, some_filters
from bench.runner import Row, at_most
from bench.stage import CITY, CITY_ID, Stage
from spatial.index.block import UsulanRows
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.vocabulary import Vocabulary
from spatial.tiles import Tile

CHANGES = 10_000
GROUPS = ("category", "status", "year")
MILLION = 1_000_000
FINE_BITS = 26
"""Of a cell of 62 bits, how many are drawn anew for a copy: it stays within some 150 m."""


class Held(NamedTuple):
    """An index and what it was made of."""

    kept: Kept
    rows: UsulanRows
    vocabulary: Vocabulary
    built_s: float
    poll_s: float

    @property
    def index(self) -> Index:
        return self.kept.index


def held(stage: Stage) -> Held:
    """The public index of the city, read as the server reads it, with the loop that it has."""
    return stage.once("index", lambda: uvloop.run(_read(stage)))


async def _read(stage: Stage) -> Held:
    database = open_database(stage.urls.staff, stage.urls.public)
    built = []
    try:
        for _ in range(3):
            async with database.public_loading() as connection:
                city = await find_city(connection, CITY)
                if city is None or city.edition_id is None:
                    raise NotAnswered("no city")
                began = time.perf_counter()
                kept = await read_whole(connection, city)
                built.append(time.perf_counter() - began)
        async with database.public_loading() as connection:
            gathered = Gathered()
            async for block in read_rows(connection, CITY_ID, city.edition_id, None):
                gathered.take(block)
            polls = []
            for _ in range(200):
                began = time.perf_counter()
                mark = kept.delivered.mark
                reading = await read_changes(connection, CITY_ID, mark, looks_first=True)
                kept.delivered.take(reading)
                polls.append(time.perf_counter() - began)
        rows, words = coded_rows(gathered, kept.words, kept.index.vocabulary)
        return Held(kept, rows, words, min(built), float(np.median(polls)))
    finally:
        await database.close()


def start(stage: Stage) -> Iterator[Row]:
    """The index from the database, beside the mere COPY of the same columns; its size."""
    mine = held(stage)
    values = {"city_id": CITY_ID, "edition_id": mine.kept.edition_id}

    def copied() -> bytearray:
        content = bytearray()
        patient = "-c statement_timeout=300s"  # what the server allows itself for this
        with (
            psycopg.connect(stage.urls.public, options=patient) as line,
            line.cursor() as cursor,
            cursor.copy(load_statement("resident", "copy_city"), values) as copy,
        ):
            for chunk in copy:
                content += chunk
        return content

    if len(decode_rows(copied())) != len(mine.index):
        raise NotAnswered("the copy has other rows than the index")
    other = min(seconds_of(copied) for _ in range(3))
    name = f"index rebuilt from {len(mine.index):,} usulan"
    peer = "binary COPY of the same columns"
    shown = (f"{mine.built_s:.2f} s", f"{other:.2f} s")
    yield Row(name, peer, *shown, mine.built_s / other, 2.0, most=True)
    millions = len(mine.index) / MILLION
    base = mine.index.base
    # What the first questions make and later ones find is part of it.
    mine.index.totals(Choice(), level="rt", by=GROUPS)
    base.identity.ids_at(np.arange(1))
    columns = bytes_of((base.block, base.identity)) / 1e6 / millions
    beside = bytes_of((base.beside, base.joint)) / 1e6 / millions
    small = "" if millions >= 1 else "roll-ups weigh more, per usulan, in a small city"
    yield at_most("index, MB per million, columns and ids", f"{columns:.0f} MB", columns, 40.0)
    yield at_most("index, MB per million, roll-ups", f"{beside:.0f} MB", beside, 30.0, small)


def bytes_of(thing: Any, seen: set[int] | None = None) -> int:  # noqa: ANN401 - of any part
    """Bytes of all arrays within, each buffer once."""
    known = set() if seen is None else seen
    if isinstance(thing, np.ndarray):
        owner = thing
        while isinstance(owner.base, np.ndarray):
            owner = owner.base
        if id(owner) in known:
            return 0
        known.add(id(owner))
        return int(owner.nbytes)
    parts: list[Any] = []
    if type(thing).__module__.startswith("spatial."):
        slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
        parts = [*getattr(thing, "__dict__", {}).values()]
        parts += [getattr(thing, name) for name in slots if hasattr(thing, name)]
    elif isinstance(thing, dict):
        parts = list(thing.values())
    elif isinstance(thing, tuple | list):
        parts = list(thing)
    return sum(bytes_of(part, known) for part in parts)


def revision(stage: Stage) -> Iterator[Row]:
    """Ten thousand changes taken in, and folded into a new base; the cost of asking for none."""
    mine = held(stage)
    rng = np.random.default_rng(stage.seed)
    changes = min(CHANGES, len(mine.rows.ids) // 4)
    chosen = rng.choice(len(mine.rows.ids), changes, replace=False)
    some = taken(mine.rows, chosen)
    after = mine.index.applied(some)
    if len(after) != len(mine.index) or after.signed_rows != 2 * changes:
        raise NotAnswered(f"{after.signed_rows} signed rows of {changes} changes")
    apply_ms = min(seconds_of(lambda: mine.index.applied(some)) for _ in range(5)) * 1e3
    fold_ms = min(seconds_of(after.folded) for _ in range(5)) * 1e3
    per_million = fold_ms / (len(mine.index) / MILLION)
    name = f"{changes:,} changes applied, ms"
    note = f"in memory; the server reads up to {MOST_READ_AGAIN:,} at once, and anew what is more"
    yield at_most(name, f"{apply_ms:.1f} ms", apply_ms, 10.0, note)
    note = f"{fold_ms:.1f} ms here" if len(mine.index) < MILLION else ""
    yield at_most("fold, ms per million", f"{per_million:.0f} ms", per_million, 50.0, note)
    poll = mine.poll_s * 1e3
    yield at_most("idle poll of the follower, ms", f"{poll:.2f} ms", poll, 0.2)


def taken(rows: UsulanRows, chosen: np.ndarray) -> UsulanRows:
    return UsulanRows(**{name: getattr(rows, name)[chosen] for name in rows.__slots__})


def totals(stage: Stage) -> Iterator[Row]:
    """Sums per area, category, status and year, beside geopandas and SQL over stored codes."""
    mine = held(stage)
    with stage.owner() as connection:
        rows = connection.execute(
            "SELECT category, status, year, ST_AsBinary(geom) FROM bench.point"
            " WHERE precision = 'exact'"
        ).fetchall()
    points = _frame(rows, GROUPS)
    for level in ("rt", "kelurahan"):
        areas = _areas(stage, level)
        joined = _joined(points, areas)
        question = partial(mine.index.totals, Choice(), level=level, by=GROUPS)
        first = seconds_of(question)
        found = question()
        _check_totals(stage, level, int(found.sums[0].sum()), int(joined.sum()))
        own = min(seconds_of(question) for _ in range(3))
        other = min(seconds_of(lambda areas=areas: _joined(points, areas)) for _ in range(3))  # type: ignore[misc]
        name = f"totals per {level} x category x status x year, {len(found.areas):,} rows"
        joint = bytes_of(mine.index.base.joint()) / 1e6
        note = f"asked first {first * 1e3:.0f} ms; {joint:.0f} MB are kept for RT and RW from then"
        peer = "geopandas sjoin + groupby, resident"
        yield replace(_times(name, peer, own, other, 100.0), note=note)
        sql = min(seconds_of(lambda level=level: _by_sql(stage, level)) for _ in range(3))  # type: ignore[misc]
        yield _times(name + ", SQL over stored codes", "the same geopandas", sql, other, 4.0)


def _areas(stage: Stage, level: str) -> geopandas.GeoDataFrame:
    with stage.owner() as connection:
        rows = connection.execute(
            "SELECT code, ST_AsBinary(geom) FROM map.area"
            " WHERE city_id = 9971 AND active AND level = %s",
            [level],
        ).fetchall()
    found = _frame(rows, ("code",))
    _ = found.sindex
    return found


def _frame(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> geopandas.GeoDataFrame:
    *columns, shapes = zip(*rows, strict=True)
    told = dict(zip(names, columns, strict=True))
    return geopandas.GeoDataFrame(told, geometry=shapely.from_wkb(shapes), crs="EPSG:4326")


def _joined(points: geopandas.GeoDataFrame, areas: geopandas.GeoDataFrame) -> Any:  # noqa: ANN401 - pandas
    joined = points.sjoin(areas, predicate="within")
    return joined.groupby(["code", *GROUPS]).size()


def _by_sql(stage: Stage, level: str) -> int:
    query = (
        f"SELECT {level}, category, status, year, COUNT(*), SUM(estimated_cost)"  # noqa: S608 - our own words
        " FROM bench.point GROUP BY 1, 2, 3, 4"
    )
    with stage.owner() as connection:
        return len(connection.execute(query.encode()).fetchall())


def _check_totals(stage: Stage, level: str, own: int, other: int) -> None:
    """As many as SQL counts; the join may only leave out what lies beside the areas."""
    more = "" if level == "kelurahan" else " AND rt IS NOT NULL"
    exact = stage.scalar(
        f"SELECT COUNT(*) FROM bench.point WHERE precision = 'exact'{more}"  # noqa: S608 - our own words
    )
    if own < exact or not 0.97 * exact <= other <= 1.001 * exact:
        raise NotAnswered(f"{level}: {own} here, {other} joined, {exact} by SQL")


def growth(stage: Stage) -> Iterator[Row]:
    """Tiles of the index as it is and of one ten times as large, in this process."""
    mine = held(stage)
    rng = np.random.default_rng(stage.seed)
    large = Index.of(_tenfold(mine.rows, rng), mine.vocabulary)
    if len(large) != 10 * len(mine.index):
        raise NotAnswered(f"{len(large)} of {len(mine.index)}")
    sizes = f"{len(mine.index):,} to {len(large):,}, index only"
    both = (mine.index, large)
    for zoom in (8, 10, 12, 14):
        heavy = heaviest(stage, zoom, 1)[0].tile
        times = [_tile_s(index, heavy, [Choice()]) for index in both]
        yield _grown(f"growth, z{zoom} tile unfiltered, {sizes}", times, 1.6)
    for zoom, bar in ((10, 2.0), (12, 3.0)):
        heavy = heaviest(stage, zoom, 1)[0].tile
        choices = [_choice(each) for each, _ in some_filters(stage, heavy, 5)]
        times = [_tile_s(index, heavy, choices) for index in both]
        yield _grown(f"growth, z{zoom} tile, category and year and status, {sizes}", times, bar)


def _tile_s(index: Index, tile: Tile, choices: Sequence[Choice]) -> float:
    """Seconds of one tile, over some choices, the best of several turns."""
    turns = (seconds_of(lambda: [index.tile(each, tile) for each in choices]) for _ in range(7))
    return min(turns) / len(choices)


def _grown(name: str, times: Sequence[float], bar: float) -> Row:
    own, other = (f"{each * 1e3:.2f} ms" for each in times)
    return Row(name, "ten times as large", own, other, times[1] / times[0], bar, most=True)


def _choice(filters: dict[str, str]) -> Choice:
    return Choice(
        category=frozenset([filters["category"]]),
        status=frozenset([filters["status"]]),
        year=frozenset([int(filters["year"])]),
    )


def _tenfold(rows: UsulanRows, rng: np.random.Generator) -> UsulanRows:
    """Each usulan ten times, where it is exact at places around its own."""
    copies = {name: np.tile(getattr(rows, name), 10) for name in rows.__slots__}
    whole = UsulanRows(**copies)
    moved = rng.integers(0, 1 << FINE_BITS, len(whole.cells))
    cells = np.where(
        whole.exact & (whole.cells >= 0), whole.cells >> FINE_BITS << FINE_BITS | moved, whole.cells
    )
    return replace(whole, ids=np.arange(len(whole.ids), dtype=np.int64), cells=cells)


def _times(name: str, peer: str, own: float, other: float, bar: float) -> Row:
    return Row(name, peer, f"{own * 1e3:.1f} ms", f"{other * 1e3:.0f} ms", other / own, bar)
