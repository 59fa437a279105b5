"""The history that a status in a list stands for: the shortest way the status table permits."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.lists.drafts import Draft
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


def first_steps(draft: Draft) -> list[NewEvent]:
    """From the submission to the status that the file gives."""
    submission = NewEvent(
        at=draft.created,
        kind=SUBMISSION,
        status=FIRST_STATUS,
        actor_role=WARGA,
        details=details_of(draft),
    )
    return [submission, *further_steps(draft, FIRST_STATUS, None, draft.updated)]


def further_steps(draft: Draft, status: str, stage: str | None, at: datetime) -> list[NewEvent]:
    """From one status to that of the file; each step by a role that may take it, all at one time.

    Raises RowRejected when no way leads there, or a step needs a reason that the row lacks.
    """
    steps = []
    before = status
    for target in _way(status, draft.status):
        stage = stage_after(target, stage)
        reasoned = needs_reason(target)
        if reasoned and not (draft.reason_code and draft.reason):
            raise RowRejected(
                Reason.NO_REASON,
                f"status {target} memerlukan kode alasan (reason_code) dan alasan (reason)",
            )
        steps.append(
            NewEvent(
                at=at,
                kind=FROM_FILE,
                status=target,
                actor_role=MOVES[before][target][0],
                stage=stage,
                reason_code=draft.reason_code if reasoned else None,
                reason=draft.reason if reasoned else None,
                details={"from_file": True},
            )
        )
        before = target
    return steps


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
