"""The history that a status in a list stands for: the shortest way the status table permits."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.lists.drafts import Draft
from app.lists.limits import LoadLimits
from app.lists.reasons import Reason, RowRejected
from app.usulan.records import NewEvent
from app.usulan.workflow import (
    FIRST_STATUS,
    MOVES,
    SUBMISSION,
    WARGA,
    needs_reason,
    stage_after,
)

FROM_FILE = "berkas"
CHANGED = "perubahan"


def details_of(draft: Draft) -> dict[str, Any]:
    """What the first event keeps: where it came from, and what its words tell of its place."""
    words = draft.place.words
    return {"from_file": True} | ({"place": words.told} if words is not None else {})


def first_steps(draft: Draft, limits: LoadLimits | None = None) -> list[NewEvent]:
    """From the submission to the status that the file gives."""
    submission = NewEvent(
        at=draft.created,
        kind=SUBMISSION,
        status=FIRST_STATUS,
        actor_role=WARGA,
        details=details_of(draft),
    )
    stand = Stand(FIRST_STATUS, None, draft.updated)
    return [submission, *further_steps(draft, stand, limits)]


@dataclass(frozen=True, slots=True)
class Stand:
    """From where a history goes on, and when."""

    status: str
    stage: str | None
    at: datetime


def further_steps(draft: Draft, stand: Stand, limits: LoadLimits | None = None) -> list[NewEvent]:
    """From one status to that of the file; each step by a role that may take it, all at one time.

    Raises RowRejected when no way leads there, a step needs a reason that the row lacks, or it is
    a step of others than whoever loads.
    """
    steps = []
    before, stage = stand.status, stand.stage
    for target in _way(before, draft.status):
        stage = stage_after(target, stage)
        reasoned = needs_reason(target)
        if reasoned and not (draft.reason_code and draft.reason):
            raise RowRejected(
                Reason.NO_REASON,
                f"status {target} memerlukan kode alasan (reason_code) dan alasan (reason)",
            )
        steps.append(
            NewEvent(
                at=stand.at,
                kind=FROM_FILE,
                status=target,
                actor_role=_taker(before, target, limits),
                actor_area=None if limits is None else limits.role_area,
                stage=stage,
                reason_code=draft.reason_code if reasoned else None,
                reason=draft.reason if reasoned else None,
                details={"from_file": True},
            )
        )
        before = target
    return steps


def _taker(status: str, target: str, limits: LoadLimits | None) -> str:
    permitted = MOVES[status][target]
    if limits is None:
        return permitted[0]
    if limits.roles.isdisjoint(permitted):
        told = f"langkah ke status {target} bukan wewenang Anda; muat dengan status sebelumnya"
        raise RowRejected(Reason.NOT_OWN_STEP, told)
    return limits.role


def _way(start: str, goal: str) -> Sequence[str]:
    ways: deque[tuple[str, ...]] = deque([()])
    seen = {start}
    while ways:
        way = ways.popleft()
        here = way[-1] if way else start
        if here == goal:
            return way
        # A way through a refusal or a withdrawal is no way that a list may leave untold.
        for target in MOVES[here]:
            if target not in seen and (target == goal or not needs_reason(target)):
                seen.add(target)
                ways.append((*way, target))
    raise RowRejected(Reason.STEP, f"status {goal} tidak dapat dicapai dari {start}")
