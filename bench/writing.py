"""Rows about what is written: from a commit to the tile, sixteen writers, a follower."""

import asyncio
import random
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
import psycopg
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.cities.recent import RecentCities
from app.database import open_database
from app.submission.desk import SubmissionDesk
from app.submission.schemas import UsulanDraft
from app.submission.service import Sending
from bench.client import SILENCE_S, NotAnswered, fetched, percentile
from bench.drawn import counted_by_us, our_tile
from bench.peers import path_of, require_programs
from bench.runner import Row, at_most
from bench.stage import CITY, Stage
from spatial.grid import cell_at, deinterleave

WRITERS = 16
LINES = 8
"""Connections that our own pool lends at most; who waits longer than it likes is refused."""
SEEN_WITHIN_S = 10.0
FOLLOWED_WITHIN_S = 60.0
"""After ten thousand changes at once an index is read anew, and meanwhile tells what it knew."""
ASK_EVERY_S = 0.2
TITLE, PROBLEM = "Jalan berlubang", "Jalan berlubang di depan sekolah dasar"
BARE = """
INSERT INTO bench.bare (
    city_id, usulan_id, number, year, category, title, problem, geom, position, cell, edition_id,
    area_code, kota, kecamatan, kelurahan, rw, rt, status, published, lineage_id, source, created,
    updated
)
SELECT
    9971, %(own)s, %(number)s, 2027, category, title, problem, geom, position, cell, edition_id,
    area_code, kota, kecamatan, kelurahan, rw, rt, 'diajukan', TRUE, %(own)s, 'warga', %(now)s,
    %(now)s
FROM bench.model
"""
STORED = "SELECT COUNT(*) FROM peta.usulan"
Work = Callable[[int], Awaitable[None]]
REFUSALS = (NotAnswered, TimeoutError, PoolTimeout, psycopg.errors.ConnectionTimeout)
"""What a sender would be told as 503: nothing of it is stored, or nobody knows."""


def freshness(stage: Stage) -> Iterator[Row]:
    """From the answer to a pin until a tile has it, beside eight who ask for tiles all the time."""
    require_programs("wrk")
    times = {False: [], True: []}  # type: ignore[var-annotated]
    turns = 3 if stage.quick else 8
    rng = stage.draw("pins")
    spots = _spots(stage, 2 * turns, rng)
    with _asking(stage):
        for is_open in (False, True):
            with _left_open(stage, is_open=is_open):
                for _ in range(turns):
                    times[is_open].append(_until_seen(stage, *spots.pop()))
    for is_open, found in times.items():
        more = ", a foreign transaction open" if is_open else ""
        slowest = max(found)
        shown = f"slowest {slowest:.2f} s, median {percentile(found, 0.5):.2f} s of {turns}"
        yield Row(f"commit to tile under load{more}, s", "", shown, "", slowest, 1.0, most=True)


@contextmanager
def _asking(stage: Stage) -> Iterator[None]:
    """Eight connections that ask for a tile again and again."""
    url = f"{stage.ours.address}{our_tile('11/1657/1065')}"
    command = [path_of("wrk"), "-t1", "-c8", "-d120s", url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as load:
        try:
            yield
        finally:
            load.terminate()


@contextmanager
def _left_open(stage: Stage, *, is_open: bool) -> Iterator[None]:
    """A transaction that has written and does not end, of a client we know nothing of."""
    if not is_open:
        yield
        return
    with psycopg.connect(stage.urls.owner) as foreign:
        foreign.execute("CREATE TEMPORARY TABLE held AS SELECT pg_current_xact_id()")
        yield
        foreign.rollback()


def _until_seen(stage: Stage, longitude: float, latitude: float) -> float:
    columns, lines = deinterleave([cell_at(longitude, latitude) >> 2 * (31 - 14)])
    path = our_tile(f"14/{int(columns[0])}/{int(lines[0])}")
    before = counted_by_us(fetched(stage.ours, path).body)
    answer = stage.ours.post(f"/api/v1/usulan?city={CITY}", _body(longitude, latitude))
    if answer.status != 201:
        raise NotAnswered(f"{answer.status}: {answer.body[:200]!r}")
    began = time.perf_counter()
    while time.perf_counter() - began < SEEN_WITHIN_S:
        if counted_by_us(fetched(stage.ours, path).body) > before:
            return time.perf_counter() - began
    raise NotAnswered("a pin was not in its tile after ten seconds")


def _body(longitude: float, latitude: float) -> bytes:
    place = {"type": "Point", "coordinates": [longitude, latitude]}
    return orjson.dumps({"title": TITLE, "problem": PROBLEM, "category": "SP01", "geometry": place})


def _spots(stage: Stage, count: int, rng: random.Random) -> list[tuple[float, float]]:
    """Positions of usulan of the city, a metre or two aside, none near its edge."""
    with stage.owner() as connection:
        rows = connection.execute(
            "SELECT ST_X(point.geom), ST_Y(point.geom) FROM bench.point AS point"
            # The middle of a line may lie beside the RT that it was given.
            " INNER JOIN bench.area AS area"
            " ON area.code = point.rt AND ST_Covers(area.geom, point.geom)"
            " WHERE point.precision = 'exact' AND NOT ST_DWithin("
            "point.geom, (SELECT ST_Boundary(ST_Union(geom)) FROM bench.area), 3e-5"
            ") ORDER BY point.number LIMIT 20000"
        ).fetchall()
    return [
        (round(x + rng.uniform(-1e-5, 1e-5), 7), round(y + rng.uniform(-1e-5, 1e-5), 7))
        for x, y in rng.choices(rows, k=count)
    ]


def submission(stage: Stage) -> Iterator[Row]:
    """Sixteen writers at a time over HTTP, without HTTP, and with a bare INSERT, in turn."""
    seconds, turns = (2.0, 1) if stage.quick else (5.0, 3)
    with stage.owner() as connection:
        connection.execute("DROP TABLE IF EXISTS bench.bare, bench.model")
        connection.execute("CREATE TABLE bench.bare (LIKE peta.usulan INCLUDING ALL)")
        connection.execute(
            "CREATE TABLE bench.model AS SELECT * FROM peta.usulan"
            " WHERE rt IS NOT NULL AND position IS NOT NULL LIMIT 1"
        )
    found, errors = asyncio.run(_all_ways(stage, seconds, turns))
    http = found["http"]
    rates = {name: len(each) / (seconds * turns) for name, each in found.items()}
    shown = f"{rates['http']:,.0f}/s"
    p95 = percentile(http, 0.95) * 1e3
    name = f"one submission over HTTP, {WRITERS} writers"
    note = f"{len(http):,} acknowledged = stored; refused or failed: {errors}"
    score = rates["http"] / rates["bare"]
    yield Row(name, "a bare INSERT", shown, f"{rates['bare']:,.0f}/s", score, 0.18, note=note)
    score = rates["http"] / rates["plain"]
    yield Row(
        name, "the same transaction without HTTP", shown, f"{rates['plain']:,.0f}/s", score, 0.30
    )
    yield at_most("its errors", f"{errors['http']}", errors["http"], 0.0)
    yield at_most(f"{name}, p95, ms", f"{p95:.1f} ms", p95, 15.0)


async def _all_ways(
    stage: Stage, seconds: float, turns: int
) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Of each way, how long each write took, and how many were refused."""
    found: dict[str, list[float]] = {"http": [], "bare": [], "plain": []}
    errors = dict.fromkeys(found, 0)
    rng = stage.draw("writers")
    spots = _spots(stage, 20_000, rng)
    async with (
        _over_http(stage, spots) as http,
        _plainly(stage, spots) as plain,
        _barely(stage) as bare,
    ):
        ways = {"http": http, "bare": bare, "plain": plain}
        for work in ways.values():
            await _written(work, 0.5)
        for _ in range(turns):
            for name, work in ways.items():
                before = stage.scalar(STORED)
                times, refused = await _written(work, seconds)
                after = stage.scalar(STORED)
                # Of a write that was given up nobody was told whether it was stored.
                stored = after - before
                if name != "bare" and not len(times) <= stored <= len(times) + refused:
                    raise NotAnswered(f"{name}: {len(times)} told, {stored} stored")
                found[name] += times
                errors[name] += refused
    return found, errors


async def _written(work: Work, seconds: float) -> tuple[list[float], int]:
    """How long each of the writes took that sixteen writers did, and how many were refused."""
    until = time.perf_counter() + seconds
    times: list[float] = []
    refused = 0

    async def write(writer: int) -> None:
        nonlocal refused
        while (began := time.perf_counter()) < until:
            try:
                await work(writer)
            except REFUSALS:
                refused += 1
            else:
                times.append(time.perf_counter() - began)

    await asyncio.gather(*(write(writer) for writer in range(WRITERS)))
    return times, refused


@asynccontextmanager
async def _over_http(stage: Stage, spots: list[tuple[float, float]]) -> AsyncIterator[Work]:
    """POST on a kept line for each writer; whatever is not 201 is an error."""
    parts = urlsplit(stage.ours.address)
    lines: dict[int, _Line] = {}
    chance = stage.draw("http")

    async def line_of(writer: int) -> _Line:
        known = lines.get(writer)
        if known is None or time.perf_counter() - known.used > SILENCE_S:
            if known is not None:
                known.sender.close()
            known = _Line(*await asyncio.open_connection(parts.hostname, parts.port))
            lines[writer] = known
        return known

    async def work(writer: int) -> None:
        line = await line_of(writer)
        body = _body(*chance.choice(spots))
        head = (
            f"POST /api/v1/usulan?city={CITY} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        line.sender.write(head.encode() + body)
        answered = await line.reader.readuntil(b"\r\n\r\n")
        content = await line.reader.readexactly(_length(answered))
        line.used = time.perf_counter()
        if not answered.startswith(b"HTTP/1.1 201"):
            raise NotAnswered(f"{answered[:40]!r} {content[:200]!r}")

    try:
        yield work
    finally:
        for line in lines.values():
            line.sender.close()


@dataclass(slots=True)
class _Line:
    """A writer's kept connection."""

    reader: asyncio.StreamReader
    sender: asyncio.StreamWriter
    used: float = field(default_factory=time.perf_counter)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise NotAnswered(f"no length: {head!r}")


@asynccontextmanager
async def _barely(stage: Stage) -> AsyncIterator[Work]:
    """One INSERT of the same columns into a table with the same indexes, committed."""
    chance = stage.draw("bare")
    async with AsyncConnectionPool(
        stage.urls.owner, min_size=WRITERS, max_size=WRITERS, kwargs={"autocommit": True}
    ) as pool:
        await pool.wait()

        async def work(_writer: int) -> None:
            own = uuid4()
            number = f"99.71-2027-{chance.getrandbits(60):x}"
            values = {"own": own, "number": number, "now": datetime.now(UTC)}
            async with pool.connection() as connection:
                await connection.execute(BARE.encode(), values)

        yield work


@asynccontextmanager
async def _plainly(stage: Stage, spots: list[tuple[float, float]]) -> AsyncIterator[Work]:
    """What a submission does between its request and its answer, in this process."""
    database = open_database(stage.urls.staff, stage.urls.public)
    desk = SubmissionDesk(database, RecentCities(database))
    chance, system = stage.draw("plain"), random.SystemRandom()
    lines = asyncio.Semaphore(LINES)

    async def work(_writer: int) -> None:
        draft = UsulanDraft.model_validate(orjson.loads(_body(*chance.choice(spots))))
        async with lines:
            await _submitted(desk, draft, system)

    try:
        yield work
    finally:
        await desk.close()
        await database.close()


async def _submitted(desk: SubmissionDesk, draft: UsulanDraft, rng: random.Random) -> Any:  # noqa: ANN401
    sending = Sending(
        city_code=CITY,
        key=None,
        secret=b"x" * 32,
        publishes_at_once=True,
        now=datetime.now(UTC),
        rng=rng,
    )
    return await desk.take(draft, sending)


def follower(stage: Stage) -> Iterator[Row]:
    """The rate of writers while a server follows them, and whether it has each event once."""
    events = 3_000 if stage.quick else 50_000
    before = _matched_in_full(stage)
    stored = stage.scalar(STORED)
    alone, followed, peak, refused = asyncio.run(_followed(stage, events))
    written = stage.scalar(STORED) - stored
    deadline = time.monotonic() + SEEN_WITHIN_S
    while (seen := _matched(stage) - before) != written and time.monotonic() < deadline:
        time.sleep(ASK_EVERY_S)
    name = f"insert rate while a server follows, {written:,} events"
    shown = (f"{followed:,.0f}/s", f"{alone:,.0f}/s")
    note = (
        f"asked {1 / ASK_EVERY_S:.0f} times a second; the slowest answer took {peak * 1e3:.0f} ms;"
        f" {refused} refused"
    )
    yield Row(name, "without", *shown, followed / alone, 0.9, note=note)
    off = abs(seen - written)
    yield Row(
        "events missed or counted twice", "", f"{seen:,} of {written:,}", "", off, 0.0, most=True
    )


def _matched_in_full(stage: Stage) -> int:
    """The number of listed usulan once the index lacks nothing that was written before now."""
    began = datetime.now(UTC) - timedelta(milliseconds=1)  # answers tell whole ones
    deadline = time.monotonic() + FOLLOWED_WITHIN_S
    while time.monotonic() < deadline:
        told = _told(stage)
        if datetime.fromisoformat(told["as_of"]) >= began:
            return int(told["numberMatched"])
        time.sleep(ASK_EVERY_S)
    raise NotAnswered(f"the index has not followed within {FOLLOWED_WITHIN_S:.0f} s")


def _matched(stage: Stage) -> int:
    return int(_told(stage)["numberMatched"])


def _told(stage: Stage) -> Any:  # noqa: ANN401 - whatever JSON tells
    path = f"/api/v1/stats?city={CITY}&level=kota"
    return orjson.loads(fetched(stage.ours, path).body)


async def _followed(stage: Stage, events: int) -> tuple[float, float, float, int]:
    """Rates without and with who asks, in turn, the slowest of his answers, what was refused."""
    spots = _spots(stage, 20_000, stage.draw("followed"))
    rates: dict[bool, list[float]] = {False: [], True: []}
    peak, done, refused = 0.0, 0, 0
    async with _plainly(stage, spots) as work:
        await _written(work, 0.5)
        while done < events:
            for is_asked in (False, True):
                asking = asyncio.create_task(_ask_all_the_time(stage)) if is_asked else None
                times, failed = await _written(work, 1.0)
                rates[is_asked].append(len(times))
                done, refused = done + len(times), refused + failed
                if asking is not None:
                    asking.cancel()
                    peak = max(peak, *await asyncio.gather(asking))
    alone, followed = (sum(each) / len(each) for each in rates.values())
    return alone, followed, peak, refused


async def _ask_all_the_time(stage: Stage) -> float:
    slowest = 0.0
    try:
        while True:
            began = time.perf_counter()
            await asyncio.to_thread(_matched, stage)
            slowest = max(slowest, time.perf_counter() - began)
            await asyncio.sleep(ASK_EVERY_S)
    except asyncio.CancelledError:
        return slowest
