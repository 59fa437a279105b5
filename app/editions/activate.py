"""Making another edition of boundaries the active one, in one transaction.

Everything is prepared while residents go on sending; only the last look for those who came in
between, and the change of the mark, hold them back. Whoever reads sees the city before or after.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import orjson
import shapely
from psycopg import Connection
from shapely import Point

from app.areas.outlines import draw_outlines
from app.areas.service import find_edition
from app.cities.service import KnownCity
from app.editions.comparing import LoadedEdition, UnknownEdition, read_edition
from app.editions.leading import write_leads
from app.editions.replacing import Columns, Replaced, Target, Unplaced, replaced
from app.statements import load_statement
from app.usulan.bulk import Identity, LastEvent, copy_rows, event_rows
from app.usulan.history import NONCE_BYTES
from app.usulan.records import NewEvent
from app.usulan.workflow import OPEN_STATUSES, REPLACING, SYSTEM
from spatial.areas import LEVELS
from spatial.assign import AreaIndex
from spatial.boundaries.codes import level_of
from spatial.crs import WGS84_SRID
from spatial.grid import cell_at

BATCH = 10_000
MOST_OUTSIDE = 0.01
"""Above this share of open usulan outside it, an edition is taken to be loaded only in part."""
_FIRST = UUID(int=0)


class TooManyOutside(ValueError):
    """The edition does not reach over the usulan that are to be placed in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """Which edition of which city, and by which clock and chance."""

    city: KnownCity
    name: str
    now: datetime
    rng: random.Random
    allow_outside: bool = False


@dataclass(slots=True)
class _Report:
    replaced: int = 0
    moved: int = 0
    """Replaced ones whose area has another code now."""
    closed: int = 0
    """Closed ones that keep their place and are counted here too."""
    outside: set[UUID] = field(default_factory=set)
    coarser: int = 0
    """Known by their area alone, and now at a higher level than before."""


def activate_edition(
    connection: Connection, asked: Activation, *, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Place the open usulan of a city in an edition and make it the active one; the report.

    The same again does nothing. `progress` is called with how many usulan were looked at. The
    caller commits, or does not. Raises UnknownEdition or TooManyOutside.
    """
    city_id = asked.city.city_id
    connection.execute(load_statement("areas", "lock_city"), {"city_id": city_id})
    connection.execute(load_statement("usulan", "lock_statistics"))
    edition = read_edition(connection, city_id, asked.name)
    where = {"city_id": city_id, "edition_id": edition.stored.edition_id}
    others = list(connection.execute(load_statement("editions", "find_others"), where))
    loaded = [read_edition(connection, city_id, name) for name, _ in others]
    if not edition.areas.records:
        raise UnknownEdition(f"edisi {asked.name!r} belum memuat wilayah")
    target, rows = _prepared(connection, asked, edition, loaded)
    draw_outlines(connection, city_id, edition.stored.edition_id)
    step = _Step(connection, asked, target, {e.stored.edition_id: e.name for e in loaded})
    _, open_ = _expected(connection, where)
    for done in step.place_all():
        progress(done)
    if len(step.report.outside) > MOST_OUTSIDE * open_ and not asked.allow_outside:
        raise TooManyOutside(
            f"{len(step.report.outside)} dari {open_} usulan terbuka berada di luar edisi"
            f" {asked.name!r}; periksa apakah semua wilayah sudah dimuat, atau pakai"
            " --allow-outside"
        )
    connection.execute(load_statement("areas", "hold_usulan"))
    for _ in step.place_all():
        pass
    if not edition.stored.active:
        connection.execute(load_statement("editions", "deactivate"), where)
        connection.execute(load_statement("editions", "activate"), where)
    connection.execute(load_statement("usulan", "tell_city"), {"city_id": city_id})
    return {
        "city": asked.city.code,
        "edition": asked.name,
        "previous": next((name for name, active in others if active), asked.name),
        "open": open_,
        "replaced": step.report.replaced,
        "moved": step.report.moved,
        "coarser": step.report.coarser,
        "closed": step.report.closed,
        "outside": len(step.report.outside),
        "crosswalk_rows": rows,
        "areas": _counted_levels(edition, set()),
        "without_population": _counted_levels(edition, set(edition.areas.population)),
    }


def _counted_levels(edition: LoadedEdition, left_out: set[str]) -> dict[str, int]:
    """How many areas there are at each level, but for some; levels without any are left out."""
    found = Counter(each.level for each in edition.areas.records if each.code not in left_out)
    return {level: found[level] for level in LEVELS if found[level]}


def count_expected(connection: Connection, asked: Activation) -> int:
    """How many usulan an activation may have to look at."""
    edition = find_edition(connection, asked.city.city_id, asked.name)
    edition_id = edition.edition_id if edition else 0
    total, _ = _expected(connection, {"city_id": asked.city.city_id, "edition_id": edition_id})
    return total


def _expected(connection: Connection, where: dict[str, Any]) -> tuple[int, int]:
    values = {**where, "open": list(OPEN_STATUSES)}
    total, open_ = next(
        iter(connection.execute(load_statement("editions", "count_unplaced"), values))
    )
    return total, open_


def _prepared(
    connection: Connection,
    asked: Activation,
    edition: LoadedEdition,
    others: Sequence[LoadedEdition],
) -> tuple[Target, int]:
    """The index to place with; the ways between the editions, written and in memory."""
    index = AreaIndex(edition.areas.records, metric_srid=edition.stored.metric_srid)
    leads, back, rows = write_leads(connection, asked.city.city_id, edition, others)
    levels = {record.code: record.level for record in edition.areas.records}
    top = min(levels, key=lambda code: (LEVELS.index(levels[code]), code))
    kota = top if levels[top] == "kota" else None
    return Target(edition.stored.edition_id, index, levels, top, kota, leads, back), rows


class _Step:
    """Batches of usulan placed and written."""

    def __init__(
        self,
        connection: Connection,
        asked: Activation,
        target: Target,
        names: dict[int, str],
    ) -> None:
        self._connection = connection
        self._asked = asked
        self._target = target
        self._names = names
        self._where = {"city_id": asked.city.city_id, "edition_id": target.edition_id}
        self.report = _Report()

    def place_all(self) -> Iterator[int]:
        """Place whatever is still to be placed; how many were looked at so far."""
        after, done = _FIRST, 0
        while batch := self._read(after):
            self._place(batch)
            after, done = batch[-1].usulan_id, done + len(batch)
            yield done

    def _read(self, after: UUID) -> list[Unplaced]:
        values = {**self._where, "open": list(OPEN_STATUSES), "after": after, "most": BATCH}
        rows = self._connection.execute(load_statement("editions", "find_unplaced"), values)
        return [Unplaced(*row) for row in rows]

    def _place(self, batch: Sequence[Unplaced]) -> None:
        found = list(replaced(batch, self._target))
        moving = [place for place in found if place.usulan.is_open and not place.is_outside]
        self._move(moving)
        elsewhere = [
            _json(place.usulan, place.columns)
            for place in found
            if not place.usulan.is_private and (not place.usulan.is_open or place.is_outside)
        ]
        held = [
            _json(place.usulan, place.public)
            for place in moving
            if place.public is not None and _levels(place.public) != _levels(place.columns)
        ]
        self._run("put_places", places=orjson.dumps([*elsewhere, *held]).decode())
        self._count(found)

    def _move(self, moving: Sequence[Replaced]) -> None:
        ids = [place.usulan.usulan_id for place in moving]
        self._run("keep_places", usulan_ids=ids)
        self._run("forget_places", usulan_ids=ids)
        places = orjson.dumps([_moved(place) for place in moving]).decode()
        self._run("move_usulan", places=places, now=self._asked.now)
        noise = BytesIO(self._asked.rng.randbytes(NONCE_BYTES * len(moving)))
        steps = (step for place in moving for step in self._events(place, noise))
        copy_rows(self._connection, "copy_event", steps)

    def _events(self, place: Replaced, noise: BytesIO) -> Iterator[tuple[Any, ...]]:
        usulan, code = place.usulan, place.columns["area_code"]
        before = self._names[usulan.edition_id]
        event = NewEvent(
            at=self._asked.now,
            kind=REPLACING,
            status=usulan.status,
            stage=usulan.stage,
            actor_role=SYSTEM,
            reason=(
                f"Batas wilayah berganti dari edisi {before} ke edisi {self._asked.name}:"
                f" {usulan.area_code} menjadi {code}"
            ),
            details={
                "from": {"edition": before, "area": usulan.area_code},
                "to": {"edition": self._asked.name, "area": code},
            },
        )
        last = LastEvent(usulan.sequence, usulan.status, usulan.digest)
        whose = Identity(self._asked.city.city_id, usulan.usulan_id)
        return event_rows(whose, [event], noise, after=last)

    def _run(self, statement: str, **values: Any) -> None:
        self._connection.execute(load_statement("editions", statement), {**self._where, **values})

    def _count(self, found: Sequence[Replaced]) -> None:
        report = self.report
        for place in found:
            if not place.usulan.is_open:
                report.closed += 1
            elif place.is_outside:
                report.outside.add(place.usulan.usulan_id)
            else:
                report.replaced += 1
                report.moved += place.columns["area_code"] != place.usulan.area_code
                report.coarser += self._is_coarser(place)

    def _is_coarser(self, place: Replaced) -> bool:
        code = place.columns["area_code"]
        if place.usulan.shape is not None or code is None:
            return False
        return level_of(place.usulan.area_code) not in (None, self._target.levels[code])


def _levels(columns: Columns) -> tuple[str | None, ...]:
    """Without the RT: no private need is shown there."""
    return tuple(columns[level] for level in LEVELS[:-1])


def _json(usulan: Unplaced, columns: Columns) -> dict[str, Any]:
    return {"usulan_id": str(usulan.usulan_id), **columns}


def _moved(place: Replaced) -> dict[str, Any]:
    position = place.position
    return {
        **_json(place.usulan, place.columns),
        "shares": place.shares,
        "doubts": place.doubts,
        "position": None if position is None else _ewkb(position),
        "cell": None if position is None else cell_at(position.x, position.y),
    }


def _ewkb(position: Point) -> str:
    return str(shapely.to_wkb(shapely.set_srid(position, WGS84_SRID), hex=True, include_srid=True))
