"""A step of a history as somebody is about to take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.rows import AnyRow
from app.usulan.history import event_digest

STATUS_CHANGE = "perubahan_status"
PUBLICATION = "publikasi"
REDACTION = "penutupan_kata"
PLACING = "pemindahan_lokasi"
CATEGORY_CHANGE = "perubahan_kategori"
FORWARDING = "penerusan"
SETTLING = "penyelesaian_ragu"
UNDOING = "pengurungan"
ANSWER = "jawaban"
WITHDRAWAL = "penarikan"
ERASURE = "penghapusan_data"
"""Kinds of steps beside the submission and what follows from an act on the whole city."""

PLACE_COLUMNS = frozenset({"geom", "position", "cell", "area_shares", "accuracy_m"})
"""What tells a place finer than its area: the history never holds it, so that it can be erased."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An usulan as it stands, and the newest step of its history."""

    row: AnyRow
    last: AnyRow


@dataclass(frozen=True, slots=True)
class Closed:
    """Words that a step closes: they are kept apart from the history."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is to happen; without a status to go to, it keeps the one it has."""

    kind: str
    role: str
    area: str | None
    to_status: str | None = None
    stage: str | None = None
    """Read only with a status to go to."""
    reason_code: str | None = None
    reason: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """Kept in the history beside `before` and `after`."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Columns of the usulan and their new values; shapes as GeoJSON."""
    closed: Closed | None = None
    answer: str | None = None
    """A reporter's words, kept apart from the history."""
    reopens: int | None = None
    """The step whose closed words this one opens again."""
    is_silent: bool = False
    """What it changes must not be told by the history."""

    @property
    def moves_place(self) -> bool:
        """Whether it may lead to another public place, also of private needs beside it."""
        return not {"area_code", "category"}.isdisjoint(self.changes)


def event_of(standing: Standing, step: Step, *, now: datetime, nonce: bytes) -> dict[str, Any]:
    """The step as a row of the history, chained to the one before."""
    row, last = standing.row, standing.last
    is_move = step.to_status is not None
    event = {
        "city_id": row.city_id,
        "usulan_id": row.usulan_id,
        "sequence": last.sequence + 1,
        "at": now.astimezone(UTC),
        "kind": step.kind,
        "from_status": row.status,
        "to_status": step.to_status if is_move else row.status,
        "stage": step.stage if is_move else row.stage,
        "actor_role": step.role,
        "actor_area": step.area,
        "reason_code": step.reason_code,
        "reason": step.reason,
        "details": {**step.details, **_before_and_after(standing, step, now=now)},
    }
    previous = bytes(last.hash)
    digest = event_digest(event, nonce=nonce, previous=previous)
    return {**event, "nonce": nonce, "previous": previous, "hash": digest}


def changes_of(standing: Standing, step: Step, *, now: datetime) -> dict[str, Any]:
    """The columns of the usulan that the step writes."""
    row = standing.row
    if step.to_status is None:
        since = row.status_since or row.updated
        return {"status_since": since, **step.changes, "updated": now}
    moved = {"status": step.to_status, "stage": step.stage, "status_since": now}
    # A question is over with the status in which it was asked.
    return {"question": None, **moved, **step.changes, "updated": now}


def place_left(standing: Standing, step: Step) -> dict[str, Any]:
    """Of the columns that tell a place, those that the step changes, as they stood before."""
    if step.is_silent:
        return {}
    row, changes = standing.row, step.changes
    names = sorted(PLACE_COLUMNS & changes.keys())
    return {name: getattr(row, name) for name in names if changes[name] != getattr(row, name)}


def _before_and_after(standing: Standing, step: Step, *, now: datetime) -> dict[str, Any]:
    """What the step changes; words closed or opened, and places, are not told here."""
    if step.is_silent or step.closed is not None or step.reopens is not None:
        return {}
    row, after = standing.row, changes_of(standing, step, now=now)
    before = {name: getattr(row, name) for name in after}
    before["status_since"] = row.status_since or row.updated
    told = sorted(after.keys() - PLACE_COLUMNS - {"updated"})
    names = [name for name in told if after[name] != before[name]]
    apart = {"place_apart": True} if place_left(standing, step) else {}
    return {
        **apart,
        "before": {name: _plain(before[name]) for name in names},
        "after": {name: _plain(after[name]) for name in names},
    }


def restored(before: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a step says stood before it, as they are written."""
    found = dict(before)
    for name, kind in (("status_since", datetime.fromisoformat), ("merged_into_id", UUID)):
        if found.get(name) is not None:
            found[name] = kind(found[name])
    return found


def _plain(value: object) -> object:
    """As JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value
