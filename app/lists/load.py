"""Loading a list: row by row judged, batch by batch placed and stored, in one transaction."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from psycopg import Connection

from app.lists.cells import Reason, RowRejected
from app.lists.places import CityAreas, Place, place_drafts
from app.lists.rows import CategoryRule, Draft, ListRules, read_draft
from app.lists.steps import CHANGED, first_steps, further_steps
from app.lists.table import TableRow
from app.statements import load_statement
from app.usulan.bulk import LastEvent, insert_usulan
from app.usulan.change import ChangedUsulan, change_usulan
from app.usulan.records import NewEvent, NewUsulan

BATCH = 5_000
_INSERTED_AT_ONCE = 1_000
SOURCE = "berkas"

Reject = Callable[[TableRow, RowRejected], None]


@dataclass(slots=True)
class ListReport:
    """What became of the rows; read = created + updated + unchanged + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    unlocated: int = 0
    outside: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    """Rejected rows by reason."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The record of a row that came before."""

    number: str
    year: int
    digest: bytes | None
    usulan_id: Any
    stage: str | None
    last: LastEvent
    is_from_now: bool


def read_category_rules(connection: Connection) -> dict[str, CategoryRule]:
    rows = connection.execute(load_statement("lists", "read_categories"))
    return {code: CategoryRule(tuple(shapes)) for code, shapes in rows}


class ListLoader:
    """One load of one list into one city; the caller owns the transaction."""

    def __init__(
        self,
        connection: Connection,
        city_id: int,
        areas: CityAreas,
        rules: ListRules,
        *,
        rng: random.Random,
        reject: Reject,
    ) -> None:
        self._connection = connection
        self._city_id = city_id
        self._areas = areas
        self._rules = rules
        self._rng = rng
        self._reject_row = reject
        self._rejected: list[tuple[TableRow, RowRejected]] = []
        self.report = ListReport()

    def load(self, rows: Iterator[TableRow], *, progress: Callable[[int], None]) -> ListReport:
        """Store every row that can be stored, tell the others to `reject`."""
        for statement in ("lock_statistics", "use_generic_plans"):
            self._connection.execute(load_statement("usulan", statement))
        while batch := list(islice(rows, BATCH)):
            self.report.read += len(batch)
            self._load_batch(batch)
            self._tell_rejected()
            progress(self.report.read)
        return self.report

    def _load_batch(self, rows: Sequence[TableRow]) -> None:
        drafts = self._without_repeats([draft for row in rows if (draft := self._draft(row))])
        known = self._find_known(drafts)
        pending = [draft for draft in drafts if self._is_news(draft, known.get(draft.source_id))]
        new: list[NewUsulan] = []
        changed: list[ChangedUsulan] = []
        for draft, place in zip(pending, place_drafts(pending, self._areas), strict=True):
            try:
                if isinstance(place, RowRejected):
                    raise place
                before = known.get(draft.source_id)
                if before is None:
                    new.append(self._record(draft, place, first_steps(draft)))
                else:
                    changed.append(self._changed(draft, place, before))
            except RowRejected as rejected:
                self._reject(draft.row, rejected)
                continue
            self.report.unlocated += draft.geometry is None
        insert_usulan(self._connection, self._city_id, new, rng=self._rng, batch=_INSERTED_AT_ONCE)
        change_usulan(self._connection, self._city_id, changed, rng=self._rng)
        self.report.created += len(new)
        self.report.updated += len(changed)

    def _draft(self, row: TableRow) -> Draft | None:
        try:
            return read_draft(row, self._rules)
        except RowRejected as rejected:
            self._reject(row, rejected)
            return None

    def _without_repeats(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The first row of each key; the same again is unchanged, another with the key refused."""
        firsts: dict[str, Draft] = {}
        for draft in drafts:
            first = firsts.setdefault(draft.source_id, draft)
            if first is not draft:
                self._again(draft, first.digest, same_year=draft.named_year == first.named_year)
        return list(firsts.values())

    def _is_news(self, draft: Draft, known: _Known | None) -> bool:
        if known is None:
            return True
        keeps_year = draft.named_year in (None, known.year)
        if known.is_from_now or (keeps_year and known.digest == draft.digest):
            self._again(draft, known.digest, same_year=keeps_year)
            return False
        if not keeps_year:
            self._reject(
                draft.row,
                RowRejected(
                    Reason.YEAR,
                    f"sudah ada untuk tahun {known.year} ({known.number}); tahun tidak dapat"
                    f" diubah, untuk {draft.named_year} beri source_id lain",
                ),
            )
        return keeps_year

    def _again(self, draft: Draft, digest: bytes | None, *, same_year: bool) -> None:
        if same_year and digest == draft.digest:
            self.report.unchanged += 1
            self.report.unlocated += draft.geometry is None
        else:
            self._reject(
                draft.row,
                RowRejected(Reason.SAME_KEY, "source_id sudah dipakai baris lain dalam berkas ini"),
            )

    def _changed(self, draft: Draft, place: Place, before: _Known) -> ChangedUsulan:
        edit = NewEvent(
            at=self._rules.now,
            kind=CHANGED,
            status=before.last.status,
            stage=before.stage,
            actor_role="operator_kelurahan",
            # A refusal that stays one may be told with other words.
            reason_code=draft.reason_code if draft.status == before.last.status else None,
            reason=draft.reason if draft.status == before.last.status else None,
            details={"from_file": True},
        )
        steps = further_steps(draft, before.last.status, before.stage, self._rules.now)
        record = self._record(draft, place, [edit, *steps])
        return ChangedUsulan(before.usulan_id, before.last, record)

    def _record(self, draft: Draft, place: Place, events: Sequence[NewEvent]) -> NewUsulan:
        return NewUsulan(
            **draft.content,
            **place,
            year=draft.named_year or draft.created.astimezone(self._rules.zone).year + 1,
            geometry=draft.geometry,
            accuracy_m=draft.accuracy_m,
            declared_area=draft.declared,
            source=SOURCE,
            source_id=draft.source_id,
            source_digest=draft.digest,
            events=events,
            proposer=draft.proposer,
        )

    def _find_known(self, drafts: Sequence[Draft]) -> dict[str, _Known]:
        values = {"city_id": self._city_id, "source_ids": [draft.source_id for draft in drafts]}
        rows = self._connection.execute(
            load_statement("lists", "find_sources"), values, prepare=False
        )
        return {
            key: _Known(
                number, year, digest, usulan_id, stage, LastEvent(sequence, status, last), is_now
            )
            for key, number, year, digest, usulan_id, status, stage, sequence, last, is_now in rows
        }

    def _reject(self, row: TableRow, rejected: RowRejected) -> None:
        self.report.rejected += 1
        self.report.outside += rejected.reason is Reason.OUTSIDE
        reasons = self.report.reasons
        reasons[rejected.reason] = reasons.get(rejected.reason, 0) + 1
        self._rejected.append((row, rejected))

    def _tell_rejected(self) -> None:
        """Rows are judged in several passes; they are told in the order of the file."""
        for row, rejected in sorted(self._rejected, key=lambda told: told[0].number):
            self._reject_row(row, rejected)
        self._rejected.clear()
