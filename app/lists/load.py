"""Loading a list: blocks judged and placed, sorted against what is known, stored, at once.

While the database takes one block the next is judged. The caller owns the transaction: nothing
of a list is visible before all of it is.
"""

import random
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import orjson
from psycopg import Connection

from app.lists.changes import Changes
from app.lists.drafts import content_of, digests, draft_of, is_simple, keys, proposer_of
from app.lists.ending import break_off
from app.lists.judge import Judged, JudgeRules, judge
from app.lists.known import Identities, KnownRow, find_known, sort_rows
from app.lists.places import CityAreas, Place, place_rows
from app.lists.reasons import RowRejected
from app.lists.report import ListReport
from app.lists.said import with_place_words
from app.lists.source import ListBlock
from app.lists.spots import SharedSpots
from app.lists.steps import CHANGED, details_of, first_steps, further_steps
from app.lists.words import WordPlacer
from app.statements import load_statement
from app.usulan.bulk import insert_usulan
from app.usulan.change import ChangedUsulan, change_usulan
from app.usulan.columns import (
    ReadyColumns,
    UsulanColumns,
    copy_columns,
    insert_columns,
    ready_columns,
)
from app.usulan.records import NewEvent, NewUsulan

SOURCE = "berkas"
_SWITCH_S = 0.0001
_AHEAD = 2
"""Blocks handed to the writer at once: with one it would wait for the interpreter in between."""

Reject = Callable[[ListBlock, int, RowRejected], None]


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
class _Prepared:
    """A block judged and placed, before the database is asked."""

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
    plain: list[int] = field(default_factory=list)
    """Rows to be written column by column if the city has none of them."""
    ready: ReadyColumns | None = None
    """Those rows, made while the database takes the block before."""


@contextmanager
def _prompt_threads() -> Iterator[None]:
    """The interpreter given back soon: a writer that waits for it keeps the database waiting."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class ListLoader:
    """One load of one list into one city."""

    def __init__(
        self,
        connection: Connection,
        city_id: int,
        areas: CityAreas,
        judging: JudgeRules,
        *,
        years: YearRule,
        rng: random.Random,
        reject: Reject,
        tells_changes: bool = False,
    ) -> None:
        self._connection = connection
        self._city_id = city_id
        self._areas = areas
        self._judging = judging
        self._years = years
        self._rng = rng
        self._reject_row = reject
        self.words = WordPlacer(areas.index.records)
        self.spots = SharedSpots()
        self.changes = Changes(connection, city_id, are_wanted=tells_changes)
        self.report = ListReport()
        self._expects_new = True

    def load(self, blocks: Iterable[ListBlock], *, progress: Callable[[int], None]) -> ListReport:
        """Store every row that can be stored, tell the others to `reject`."""
        for statement in ("lock_statistics", "use_generic_plans"):
            self._connection.execute(load_statement("usulan", statement))
        with _prompt_threads(), ThreadPoolExecutor(max_workers=1) as writer:
            coming: deque[Future[None]] = deque()

            def wait_until(most: int) -> None:
                while len(coming) > most:
                    coming[0].result()
                    coming.popleft()
                    progress(self.report.read)

            try:
                for block in blocks:
                    prepared = self._prepare(block)
                    wait_until(_AHEAD - 1)
                    coming.append(writer.submit(self._store, prepared))
                wait_until(0)
            finally:
                break_off(self._connection, coming)
        return self.report

    def _prepare(self, block: ListBlock) -> _Prepared:
        judged = judge(block, self._judging)
        identities = Identities(keys(judged, block), digests(judged), self._years.named(judged))
        places = place_rows(judged, range(len(judged.at)), self._areas, self.words)
        judged = with_place_words(judged)
        self.spots.add(judged.positions.longitudes, judged.positions.latitudes)
        prepared = _Prepared(
            block,
            judged,
            identities,
            places,
            dict(judged.rejected),
            is_simple(judged).tolist(),
            frozenset(np.flatnonzero(~judged.positions.is_point).tolist())
            - judged.positions.shapes.keys(),
        )
        if self._expects_new and len(set(identities.keys)) == len(identities.keys):
            self._make_ready(prepared)
        return prepared

    def _make_ready(self, prepared: _Prepared) -> None:
        rows = [row for row, place in enumerate(prepared.places) if isinstance(place, Place)]
        prepared.plain = _plain(prepared, rows)
        if prepared.plain:
            prepared.ready = ready_columns(self._columns(prepared, prepared.plain), rng=self._rng)

    def _store(self, prepared: _Prepared) -> None:
        known = find_known(self._connection, self._city_id, prepared.identities.keys)
        found = sort_rows(prepared.identities, known)
        for row, rejected in found.refused:
            self._refuse(prepared, row, rejected)
        self._count_kept(prepared, found.unchanged)
        self.report.unchanged += len(found.unchanged)
        self._expects_new = len(found.new) > len(prepared.judged.at) // 2
        self._create(prepared, self._placed(prepared, found.new))
        self._change(prepared, found.changed)
        self._tell(prepared)

    def _placed(self, prepared: _Prepared, rows: Sequence[int]) -> list[int]:
        """Rows that have a place; the others are refused."""
        kept = []
        for row in rows:
            place = prepared.places[row]
            if isinstance(place, RowRejected):
                self._refuse(prepared, row, place)
            else:
                kept.append(row)
        return kept

    def _create(self, prepared: _Prepared, rows: Sequence[int]) -> None:
        stored, records = _plain(prepared, rows), []
        if prepared.ready is not None and stored == prepared.plain:
            copy_columns(self._connection, prepared.ready, rng=self._rng)
        else:
            insert_columns(self._connection, self._columns(prepared, stored), rng=self._rng)
        plain = frozenset(stored)
        for row in rows:
            if row in plain:
                continue
            try:
                draft = draft_of(prepared.judged, row, _known_place(prepared.places[row]))
                records.append(self._record(prepared, row, first_steps(draft)))
                stored.append(row)
            except RowRejected as rejected:
                self._refuse(prepared, row, rejected)
        insert_usulan(self._connection, self._city_id, records, rng=self._rng)
        self.report.created += len(stored)
        self._count_kept(prepared, stored)
        self.changes.created(prepared.block, prepared.judged, stored)

    def _change(self, prepared: _Prepared, changed: Sequence[tuple[int, KnownRow]]) -> None:
        rows = dict(changed)
        ready = []
        for row in self._placed(prepared, list(rows)):
            try:
                ready.append((row, self._changed(prepared, row, rows[row])))
            except RowRejected as rejected:
                self._refuse(prepared, row, rejected)
        self.changes.updated(prepared.block, prepared.judged, ready)
        change_usulan(
            self._connection, self._city_id, [change for _, change in ready], rng=self._rng
        )
        self.report.updated += len(ready)
        self._count_kept(prepared, [row for row, _ in ready])

    def _changed(self, prepared: _Prepared, row: int, before: KnownRow) -> ChangedUsulan:
        draft = draft_of(prepared.judged, row, _known_place(prepared.places[row]))
        is_same_status = draft.status == before.last.status
        edit = NewEvent(
            at=self._judging.now,
            kind=CHANGED,
            status=before.last.status,
            stage=before.stage,
            actor_role="operator_kelurahan",
            # A refusal that stays one may be told with other words.
            reason_code=draft.reason_code if is_same_status else None,
            reason=draft.reason if is_same_status else None,
            details=details_of(draft),
        )
        steps = further_steps(draft, before.last.status, before.stage, self._judging.now)
        record = self._record(prepared, row, [edit, *steps])
        return ChangedUsulan(before.usulan_id, before.last, record)

    def _record(self, prepared: _Prepared, row: int, events: Sequence[NewEvent]) -> NewUsulan:
        judged, place = prepared.judged, _known_place(prepared.places[row])
        kota, kecamatan, kelurahan, rw, rt = self._areas.chains[place.code]
        return NewUsulan(
            **content_of(judged, row),
            year=self._year(prepared, row),
            geometry=judged.positions.shape(row),
            position=place.position,
            accuracy_m=judged.value("accuracy_m", row),
            edition_id=self._areas.edition_id,
            area_code=place.code,
            kota=kota or self._areas.top,
            kecamatan=kecamatan,
            kelurahan=kelurahan,
            rw=rw,
            rt=rt,
            area_shares=place.shares,
            declared_area=place.declared,
            doubts=tuple(map(str, place.doubts)),
            source=SOURCE,
            source_id=prepared.identities.keys[row],
            source_digest=prepared.identities.digests[row],
            events=events,
            proposer=proposer_of(judged, row),
        )

    def _year(self, prepared: _Prepared, row: int) -> int:
        created = prepared.judged.values["created_at"][row]
        return self._years.of(prepared.identities.years[row], created)

    def _columns(self, prepared: _Prepared, rows: Sequence[int]) -> UsulanColumns:
        judged, identities = prepared.judged, prepared.identities
        places = [_known_place(prepared.places[row]) for row in rows]
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
            edition_id=self._areas.edition_id,
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
            chains=self._areas.chains,
            source_ids=[identities.keys[row] for row in rows],
            source_digests=[identities.digests[row] for row in rows],
            doubts=[place.doubts for place in places],
            details=[_FROM_FILE if place.words is None else _details(place) for place in places],
            more={
                **more,
                "funding": only("funding_source"),
                "channel": [each or "musrenbang" for each in only("channel") or [None] * len(at)],
                "declared_area": [place.declared for place in places],
            },
        )

    def _count_kept(self, prepared: _Prepared, rows: Sequence[int]) -> None:
        for row in prepared.unlocated.intersection(rows) if prepared.unlocated else ():
            self.report.unlocated += 1
            place = prepared.places[row]
            if isinstance(place, Place) and place.code == self._areas.top:
                self.report.without_area += 1

    def _refuse(self, prepared: _Prepared, row: int, rejected: RowRejected) -> None:
        prepared.refused[prepared.judged.at[row]] = rejected

    def _tell(self, prepared: _Prepared) -> None:
        """Rows are judged in several passes; they are told in the order of the file."""
        report = self.report
        report.read += len(prepared.block.rows.numbers)
        report.other_rows.update(
            {kind.value: rows for kind, rows in prepared.block.rows.others.items()}
        )
        for row, rejected in sorted(prepared.refused.items()):
            report.add_reject(prepared.block.rows.numbers[row], rejected)
            self._reject_row(prepared.block, row, rejected)


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


def _plain(prepared: _Prepared, rows: Sequence[int]) -> list[int]:
    """Of some rows those that need no record of their own."""
    simple = prepared.simple
    return [row for row in rows if simple[row]]


def _known_place(place: Place | RowRejected) -> Place:
    if isinstance(place, RowRejected):
        raise place
    return place
