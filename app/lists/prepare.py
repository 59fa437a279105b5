"""Blocks of a list judged, placed and written out as COPY takes them, before the database is asked.

All that a load does by itself, and most of its work: it may go on in a process of its own.
"""

import random
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from mmap import mmap
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import orjson

from app.lists.apart import Later
from app.lists.cells import Remarks
from app.lists.drafts import digests, is_simple, keys
from app.lists.judge import Judged, JudgeRules, judge
from app.lists.known import Identities
from app.lists.limits import LoadLimits
from app.lists.places import CityAreas, Place, place_rows
from app.lists.reasons import RowRejected
from app.lists.said import with_place_words
from app.lists.source import ListBlock
from app.lists.spots import SharedSpots
from app.lists.words import WordPlacer
from app.usulan.columns import ReadyColumns, UsulanColumns, ready_columns
from app.usulan.numbers import IdSequence

SOURCE = "berkas"
_BLOCKS_BEFORE_LOOKUP = 3
"""The raster over the areas is built while the database takes these, and serves the others."""


@dataclass(frozen=True, slots=True)
class YearRule:
    """The planning year of rows that name none; None: the year after their submission."""

    year: int | None
    zone: ZoneInfo

    def named(self, judged: Judged) -> list[int | None]:
        return [each or self.year for each in judged.column("year")]

    def of(self, named: int | None, created: datetime) -> int:
        return named or created.astimezone(self.zone).year + 1


@dataclass(slots=True)
class JudgedBlock:
    """A block judged and placed."""

    block: ListBlock
    judged: Judged
    identities: Identities
    places: list[Place | RowRejected]
    refused: dict[int, RowRejected]
    """By place in the block."""
    simple: list[bool]
    """Rows that need no record of their own."""
    unlocated: frozenset[int]
    """Rows without a position of any kind."""
    ready_rows: list[int] = field(default_factory=list)
    """Rows to be written column by column if the city has none of them."""

    def plain(self, rows: Sequence[int]) -> list[int]:
        """Of some rows those that need no record of their own."""
        simple = self.simple
        return [row for row in rows if simple[row]]

    def place(self, row: int) -> Place:
        """Where a row is; raises RowRejected for one that is nowhere."""
        place = self.places[row]
        if isinstance(place, RowRejected):
            raise place
        return place

    @property
    def is_ready(self) -> bool:
        """Every row that the block has is a usulan, and was made ready."""
        count = len(self.block.rows.numbers)
        oddities = self.refused or self.unlocated or self.block.rows.others
        return count == len(self.ready_rows) and not oddities


@dataclass(slots=True)
class Prepared:
    """A block as the database is asked about it, and what is written when it knows nothing."""

    keys: Sequence[str]
    ready: ReadyColumns | None
    """Made as if the city had none of the rows."""
    is_all: bool
    """There is nothing in the block but what is ready."""
    rows: Later[JudgedBlock]

    @property
    def whole(self) -> ReadyColumns | None:
        """All that there is to write; None when some rows are to be looked at."""
        return self.ready if self.is_all else None


@dataclass(frozen=True, slots=True)
class Tallies:
    """What was counted over all blocks."""

    places_by_words: Mapping[str, int]
    place_doubts: Mapping[str, int]
    shared_points: list[dict[str, float]]
    remarks: Mapping[tuple[str, str], int]


class Expected:
    """Whether the next block is likely new to the city; told across processes."""

    def __init__(self) -> None:
        self._known = mmap(-1, 1)

    def tell(self, *, is_new: bool) -> None:
        self._known[0] = not is_new

    @property
    def is_new(self) -> bool:
        return not self._known[0]


class Preparer:
    """Blocks of one list for one city."""

    def __init__(
        self,
        city_id: int,
        areas: CityAreas,
        judging: JudgeRules,
        *,
        years: YearRule,
        rng: random.Random,
        remarks: Remarks,
        limits: LoadLimits | None = None,
    ) -> None:
        self._city_id = city_id
        self.areas = areas
        self.judging = judging
        self.limits = limits
        self._years = years
        self._rng = rng
        self.ids = IdSequence(judging.now, rng)
        self._remarks = remarks
        self._words = WordPlacer(areas.index.records)
        self._spots = SharedSpots()
        self.expected = Expected()

    def prepared(
        self, blocks: Iterable[ListBlock], *, are_many: bool
    ) -> Generator[Prepared, None, Tallies]:
        """Each block in turn, and at the end what was counted."""
        for number, block in enumerate(blocks):
            if are_many and number == _BLOCKS_BEFORE_LOOKUP:
                _ = self.areas.index.lookup
            yield self._prepare(block)
        return Tallies(
            dict(self._words.counted),
            dict(self._words.doubted),
            self._spots.shared(),
            Counter(self._remarks.counted),
        )

    def _prepare(self, block: ListBlock) -> Prepared:
        judged = judge(block, self.judging)
        identities = Identities(keys(judged, block), digests(judged), self._years.named(judged))
        places = place_rows(judged, range(len(judged.at)), self.areas, self._words)
        if self.limits is not None:
            places = self.limits.only_within(places, self.areas)
        judged = with_place_words(judged)
        self._spots.add(judged.positions.longitudes, judged.positions.latitudes)
        found = JudgedBlock(
            block,
            judged,
            identities,
            places,
            dict(judged.rejected),
            is_simple(judged).tolist(),
            frozenset(np.flatnonzero(~judged.positions.is_point).tolist())
            - judged.positions.shapes.keys(),
        )
        ready = None
        if self.expected.is_new and len(set(identities.keys)) == len(identities.keys):
            ready = self._make_ready(found)
        return Prepared(identities.keys, ready, found.is_ready, Later(found))

    def _make_ready(self, found: JudgedBlock) -> ReadyColumns | None:
        placed = [row for row, place in enumerate(found.places) if isinstance(place, Place)]
        found.ready_rows = found.plain(placed)
        if not found.ready_rows:
            return None
        rows = self.columns(found, found.ready_rows)
        return ready_columns(rows, ids=self.ids, rng=self._rng)

    def year(self, found: JudgedBlock, row: int) -> int:
        """The planning year of a row."""
        created = found.judged.values["created_at"][row]
        return self._years.of(found.identities.years[row], created)

    def columns(self, found: JudgedBlock, rows: Sequence[int]) -> UsulanColumns:
        """Some rows as they are written column by column."""
        judged, identities = found.judged, found.identities
        places = [found.place(row) for row in rows]
        is_all = len(rows) == len(judged.at)

        def only(name: str) -> list[Any] | None:
            column = judged.values.get(name)
            return column if column is None or is_all else [column[row] for row in rows]

        more = {name: only(name) for name in _AS_THEY_ARE}
        created, updated = only("created_at") or [], only("updated_at") or []
        at = list(rows)
        named = [identities.years[row] for row in at]
        years = {told: self._years.of(*told) for told in set(zip(named, created, strict=True))}
        return UsulanColumns(
            city_id=self._city_id,
            edition_id=self.areas.edition_id,
            source=SOURCE,
            years=list(map(years.__getitem__, zip(named, created, strict=True))),
            categories=only("category") or [],
            titles=only("title") or [],
            problems=only("problem") or [],
            created=created,
            updated=updated,
            longitudes=judged.positions.longitudes[at],
            latitudes=judged.positions.latitudes[at],
            area_codes=[place.code for place in places],
            chains=self.areas.chains,
            source_ids=[identities.keys[row] for row in rows],
            source_digests=[identities.digests[row] for row in rows],
            load_id=None if self.limits is None else self.limits.load_id,
            doubts=[place.doubts for place in places],
            details=[_FROM_FILE if place.words is None else _details(place) for place in places],
            more={
                **more,
                "funding": only("funding_source"),
                "channel": [each or "musrenbang" for each in only("channel") or [None] * len(at)],
                "declared_area": [place.declared for place in places],
            },
        )


_AS_THEY_ARE = (
    "address",
    "landmark",
    "volume",
    "unit",
    "estimated_cost",
    "beneficiaries",
    "severity",
    "accuracy_m",
    "inclusion",
)
_FROM_FILE = orjson.dumps({"from_file": True}).decode()


def _details(place: Place) -> str:
    if place.words is None:
        return _FROM_FILE
    told = {"from_file": True, "place": place.words.told}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
