"""Where a load stands, what may be done to it then, and which work goes on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Stable words in the database and in answers."""

    READING = "dibaca"
    WAITING = "menunggu"
    CHECKING = "diperiksa"
    STORING = "disimpan"
    STORED = "selesai"
    TAKING_BACK = "menarik"
    TAKEN_BACK = "ditarik"
    CANCELLED = "batal"
    FAILED = "gagal"


class Work(StrEnum):
    """What a process of its own does for a load."""

    READ = "read"
    CHECK = "check"
    STORE = "store"
    TAKE_BACK = "take_back"


UNDER_WAY: Mapping[Work, State] = {
    Work.READ: State.READING,
    Work.CHECK: State.CHECKING,
    Work.STORE: State.STORING,
    Work.TAKE_BACK: State.TAKING_BACK,
}
"""The state while a work goes on, or waits for its turn."""
WORKING = frozenset(UNDER_WAY.values())
BEAT_S = 2.0
"""So often a server says that it still lives."""
SILENT = timedelta(seconds=20)
"""From then on a work counts as broken off: its server was killed."""
BROKEN_OFF = "TERPUTUS"
NO_ROOM = "BASIS_DATA_PENUH"
NO_ROOM_STATUS = 3
"""With which a work ends that found the database's disk full."""

_OPEN = frozenset({State.WAITING, State.FAILED})


def is_broken_off(state: str, beat: datetime, now: datetime) -> bool:
    """Whether a work was begun and nobody is at it any more."""
    return state in WORKING and now - beat > SILENT


def may_of(state: str, *, is_broken: bool, is_checked: bool, has_created: bool) -> tuple[str, ...]:
    """What may be done to a load, as the last words of its addresses.

    Only what a load created can be taken back; of what it updated no old values are kept.
    """
    if state == State.STORED:
        return ("undo",) if has_created else ()
    if is_broken and state == State.TAKING_BACK:
        return ("undo",)
    if state in _OPEN or (is_broken and state != State.TAKING_BACK):
        return ("mapping", "check", *(("commit",) if is_checked else ()), "cancel")
    return ("cancel",) if state in WORKING - {State.TAKING_BACK} else ()
