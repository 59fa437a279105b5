"""The end of a load that is broken off while the database still takes a block."""

from collections.abc import Sequence
from concurrent.futures import Future, wait
from contextlib import suppress

from psycopg import Connection, OperationalError

from app.interrupts import uninterrupted

CANCEL_S = 1.0


def break_off(connection: Connection, coming: Sequence[Future[None]]) -> None:
    """End what is being written: it may wait for a lock, and whoever stops us does not."""
    # By a second Ctrl-C the writing would be left waiting, and we for it.
    with uninterrupted():
        # What has not begun never does; the last first, or one would begin where another ends.
        begun = [writing for writing in reversed(coming) if not writing.cancel()]
        for writing in begun:
            _end(connection, writing)


def _end(connection: Connection, writing: Future[None]) -> None:
    while not writing.done():
        with suppress(OperationalError):  # slow to cancel, or gone, and then the writing ends too
            connection.cancel_safe(timeout=CANCEL_S)
        wait([writing], timeout=CANCEL_S)
