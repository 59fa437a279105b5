"""A step of a history as somebody is about to take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.rows import AnyRow
from app.usulan.history import event_digest

STATUS_CHANGE = "perubahan_status"


@dataclass(frozen=True, slots=True)
class Standing:
    """An usulan as it stands, and the newest step of its history."""

    row: AnyRow
    last: AnyRow


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
    """Kept in the history beside before and after, which follow from the changes."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Columns of the usulan and their new values."""


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
        "details": dict(step.details),
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
