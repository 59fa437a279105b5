"""Loading a list: blocks judged and placed, sorted against what is known, stored, at once.

While the database takes one block the next is judged. The caller owns the transaction: nothing
of a list is visible before all of it is.
"""

import random
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from psycopg import Connection

from app.lists.changes import Changes
from app.lists.drafts import content_of, draft_of, proposer_of
from app.lists.ending import break_off
from app.lists.known import KnownRow, find_known, sort_rows
from app.lists.places import Place
from app.lists.prepare import SOURCE, JudgedBlock, Prepared, Preparer, Tallies
from app.lists.reasons import RowRejected
from app.lists.report import ListReport
from app.lists.source import ListBlock
from app.lists.steps import CHANGED, Stand, details_of, first_steps, further_steps
from app.lists.sums import AreaSums
from app.statements import load_statement
from app.usulan.bulk import insert_usulan
from app.usulan.change import ChangedUsulan, change_usulan
from app.usulan.columns import ReadyColumns, copy_columns, insert_columns
from app.usulan.records import NewEvent, NewUsulan

_SWITCH_S = 0.0001
FILE_ROLE = "operator_kelurahan"
"""Who changes what a list says otherwise, where nobody is signed in."""
_AHEAD = 2
"""Blocks handed to the writer at once: with one it would wait for the interpreter in between."""

Reject = Callable[[ListBlock, int, RowRejected], None]


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
        preparer: Preparer,
        *,
        rng: random.Random,
        reject: Reject,
        tells_changes: bool = False,
    ) -> None:
        self._connection = connection
        self._city_id = city_id
        self._preparer = preparer
        self._rng = rng
        self._reject_row = reject
        self.changes = Changes(connection, city_id, are_wanted=tells_changes)
        self._limits = preparer.limits
        self.sums = None if preparer.limits is None else AreaSums()
        self.report = ListReport()

    def load(
        self, blocks: Generator[Prepared, None, Tallies], *, progress: Callable[[int], None]
    ) -> Tallies:
        """Store every row that can be stored, tell the others to `reject`; what was counted."""
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
                while True:
                    try:
                        prepared = next(blocks)
                    except StopIteration as end:
                        wait_until(0)
                        tallies: Tallies = end.value
                        return tallies
                    wait_until(_AHEAD - 1)
                    coming.append(writer.submit(self._store, prepared))
            finally:
                break_off(self._connection, coming)

    def _store(self, prepared: Prepared) -> None:
        known = find_known(self._connection, self._city_id, prepared.keys)
        is_looked_at = self.changes.are_wanted or self.sums is not None
        if prepared.whole is None or known or is_looked_at:
            self._store_rows(prepared.rows(), known, prepared.ready)
            return
        # The way of nearly every block of a tidy list: no row of it is looked at here.
        count = copy_columns(self._connection, prepared.whole, rng=self._rng)
        self._preparer.expected.tell(is_new=True)
        self.report.read += count
        self.report.created += count

    def _store_rows(
        self, prepared: JudgedBlock, known: Mapping[str, KnownRow], ready: ReadyColumns | None
    ) -> None:
        found = sort_rows(prepared.identities, known)
        for row, rejected in found.refused:
            self._refuse(prepared, row, rejected)
        self._count_kept(prepared, found.unchanged)
        self.report.unchanged += len(found.unchanged)
        self._preparer.expected.tell(is_new=len(found.new) > len(prepared.judged.at) // 2)
        self._create(prepared, self._placed(prepared, found.new), ready)
        self._change(prepared, self._own(prepared, found.changed))
        self._tell(prepared)

    def _own(
        self, prepared: JudgedBlock, changed: Sequence[tuple[int, KnownRow]]
    ) -> list[tuple[int, KnownRow]]:
        """Changes of records that whoever loads may change; the others are refused."""
        kept = []
        for row, before in changed:
            if self._limits is not None and self._limits.area not in before.areas:
                told = self._limits.refusal_of_known(before.number, self._preparer.areas)
                self._refuse(prepared, row, told)
            else:
                kept.append((row, before))
        return kept

    def _placed(self, prepared: JudgedBlock, rows: Sequence[int]) -> list[int]:
        """Rows that have a place; the others are refused."""
        kept = []
        for row in rows:
            place = prepared.places[row]
            if isinstance(place, RowRejected):
                self._refuse(prepared, row, place)
            else:
                kept.append(row)
        return kept

    def _create(
        self, prepared: JudgedBlock, rows: Sequence[int], ready: ReadyColumns | None
    ) -> None:
        stored, records = prepared.plain(rows), []
        if ready is not None and stored == prepared.ready_rows:
            copy_columns(self._connection, ready, rng=self._rng)
        else:
            columns = self._preparer.columns(prepared, stored)
            insert_columns(self._connection, columns, ids=self._preparer.ids, rng=self._rng)
        plain = frozenset(stored)
        for row in rows:
            if row in plain:
                continue
            try:
                draft = draft_of(prepared.judged, row, prepared.place(row))
                records.append(self._record(prepared, row, first_steps(draft, self._limits)))
                stored.append(row)
            except RowRejected as rejected:
                self._refuse(prepared, row, rejected)
        insert_usulan(self._connection, self._city_id, records, rng=self._rng)
        self.report.created += len(stored)
        self._count_kept(prepared, stored)
        self.changes.created(prepared.block, prepared.judged, stored)

    def _change(self, prepared: JudgedBlock, changed: Sequence[tuple[int, KnownRow]]) -> None:
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

    def _changed(self, prepared: JudgedBlock, row: int, before: KnownRow) -> ChangedUsulan:
        draft = draft_of(prepared.judged, row, prepared.place(row))
        is_same_status = draft.status == before.last.status
        edit = NewEvent(
            at=self._preparer.judging.now,
            kind=CHANGED,
            status=before.last.status,
            stage=before.stage,
            actor_role=FILE_ROLE if self._limits is None else self._limits.role,
            actor_area=None if self._limits is None else self._limits.role_area,
            # A refusal that stays one may be told with other words.
            reason_code=draft.reason_code if is_same_status else None,
            reason=draft.reason if is_same_status else None,
            details=details_of(draft),
        )
        stand = Stand(before.last.status, before.stage, self._preparer.judging.now)
        steps = further_steps(draft, stand, self._limits)
        record = self._record(prepared, row, [edit, *steps])
        return ChangedUsulan(before.usulan_id, before.last, record)

    def _record(self, prepared: JudgedBlock, row: int, events: Sequence[NewEvent]) -> NewUsulan:
        judged, place = prepared.judged, prepared.place(row)
        kota, kecamatan, kelurahan, rw, rt = self._preparer.areas.chains[place.code]
        return NewUsulan(
            **content_of(judged, row),
            year=self._preparer.year(prepared, row),
            geometry=judged.positions.shape(row),
            position=place.position,
            accuracy_m=judged.value("accuracy_m", row),
            edition_id=self._preparer.areas.edition_id,
            area_code=place.code,
            kota=kota or self._preparer.areas.top,
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
            load_id=None if self._limits is None else self._limits.load_id,
            events=events,
            proposer=proposer_of(judged, row),
        )

    def _count_kept(self, prepared: JudgedBlock, rows: Sequence[int]) -> None:
        if self.sums is not None:
            self.sums.add(prepared, rows, self._preparer.areas)
        for row in prepared.unlocated.intersection(rows) if prepared.unlocated else ():
            self.report.unlocated += 1
            place = prepared.places[row]
            if isinstance(place, Place) and place.code == self._preparer.areas.top:
                self.report.without_area += 1

    def _refuse(self, prepared: JudgedBlock, row: int, rejected: RowRejected) -> None:
        prepared.refused[prepared.judged.at[row]] = rejected

    def _tell(self, prepared: JudgedBlock) -> None:
        """Rows are judged in several passes; they are told in the order of the file."""
        report = self.report
        report.read += len(prepared.block.rows.numbers)
        report.other_rows.update(
            {kind.value: rows for kind, rows in prepared.block.rows.others.items()}
        )
        at = prepared.judged.at if prepared.refused else ()
        judged = {row: number for number, row in enumerate(at)}
        for row, rejected in sorted(prepared.refused.items()):
            spot = prepared.judged.positions.point(judged[row]) if row in judged else None
            report.add_reject(prepared.block.rows.numbers[row], rejected, spot)
            self._reject_row(prepared.block, row, rejected)
