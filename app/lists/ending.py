"""The end of a load that is broken off while the database still takes a block."""

from concurrent.futures import Future, wait
from contextlib import suppress

from psycopg import Connection, OperationalError

CANCEL_S = 1.0


def break_off(connection: Connection, writing: Future[None] | None) -> None:
    """End what is being written: it may wait for a lock, and whoever stops us does not."""
    while writing is not None and not writing.done():
        with suppress(OperationalError):  # slow to cancel, or gone, and then the writing ends too
            connection.cancel_safe(timeout=CANCEL_S)
        wait([writing], timeout=CANCEL_S)
