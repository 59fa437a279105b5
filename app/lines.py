"""Connections of the driver itself, for work that is done often in a few fixed statements.

SQLAlchemy's session, cache and rows take longer than such a statement itself. What is asked here
is text that never changes, so the server plans it once for each connection and not for each answer.
"""

import asyncio
import re
import select
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar

from psycopg import AsyncConnection as PsycopgConnection
from psycopg import AsyncCursor, AsyncRawCursor
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import namedtuple_row
from psycopg.waiting import wait_async
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningDelete

from app.statements import bound

_LOOK_S = 0.1
# What the driver takes for a bind, and its way to write a per cent sign.
_MARK = re.compile(r"%\((\w+)\)s|%%")
_DIALECT = dialect()  # type: ignore[no-untyped-call]
_Answer = TypeVar("_Answer")
AnyConnection = AsyncConnection | PsycopgConnection[Any]
Statement = str | Select[Any] | ReturningDelete[Any]
"""Text with binds ``:like_this``, or a query that is made once with binds in it."""


class PromptConnection(PsycopgConnection[Any]):
    """A connection that is dropped, not nursed, when whoever waits for it gives up.

    The driver would ask the server to cancel and wait up to ten seconds for its word, which a
    server that hangs never gives. Dropping the line ends the statement as well: the server looks
    twice a second whether anybody still listens (`client_connection_check_interval`).
    """

    async def wait(
        self,
        gen: PQGen[_Answer],
        interval: float = _LOOK_S,
        timeout: float | None = None,  # noqa: ASYNC109 - the driver's signature
    ) -> _Answer:
        """Run what the driver does on the line; the connection is closed when that is cut short."""
        try:
            return await wait_async(gen, self.pgconn.socket, interval=interval, timeout=timeout)
        except asyncio.CancelledError:
            self.pgconn.finish()
            raise


class Lines:
    """At most so many connections to one address, made when they are needed and then kept.

    Parameters
    ----------
    address
        As libpq takes it, options included.
    most
        How many there may be; who comes later waits for one, `wait_s` at most (TimeoutError).
    """

    def __init__(self, address: str, *, most: int, wait_s: float) -> None:
        self._address = address
        self._wait_s = wait_s
        self._places = asyncio.Semaphore(most)
        self._idle: list[PromptConnection] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PromptConnection]:
        """One transaction: committed at the end, undone by any error."""
        async with self._lent(autocommit=False) as connection:
            try:
                yield connection
                await connection.commit()
            except Exception:
                await _undo(connection)
                raise

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[PromptConnection]:
        """Each sending is a transaction of its own, without a word more to the server.

        What is sent together (`fetch_together`) is written together or not at all.
        """
        async with self._lent(autocommit=True) as connection:
            yield connection

    @asynccontextmanager
    async def _lent(self, *, autocommit: bool) -> AsyncIterator[PromptConnection]:
        async with asyncio.timeout(self._wait_s):
            await self._places.acquire()
        try:
            connection = self._awake() or await PromptConnection.connect(self._address)
            try:
                if connection.autocommit != autocommit:
                    await connection.set_autocommit(autocommit)
                yield connection
            except BaseException as error:
                if not isinstance(error, Exception):
                    connection.pgconn.finish()  # whoever gives up does not wait for the server
                raise
            finally:
                await self._put_back(connection)
        finally:
            self._places.release()

    def _awake(self) -> PromptConnection | None:
        """One that is there and not closed by the server, which would be heard on it."""
        while self._idle:
            connection = self._idle.pop()
            if not _is_heard(connection.fileno()):
                return connection
            connection.pgconn.finish()
        return None

    async def _put_back(self, connection: PromptConnection) -> None:
        if connection.closed:
            return
        if connection.info.transaction_status == TransactionStatus.IDLE:
            self._idle.append(connection)
        else:
            await connection.close()

    async def close(self) -> None:
        """End those that nobody uses; the others end when they are put back."""
        while self._idle:
            await self._idle.pop().close()


def whole_session(connection: AnyConnection) -> AsyncConnection:
    """The connection as SQLAlchemy's, for statements that are not fixed.

    TypeError for one of the driver: whoever has that asks fixed statements alone.
    """
    if not isinstance(connection, AsyncConnection):
        raise TypeError("not a connection of SQLAlchemy")
    return connection


def _is_heard(descriptor: int) -> bool:
    """Whether the server has said something, or has gone."""
    poll = select.poll()  # `select` itself knows no descriptor above 1,023
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


async def _undo(connection: PromptConnection) -> None:
    if not connection.closed:
        await connection.rollback()


async def fetch(
    connection: AnyConnection,
    statement: Statement,
    values: Mapping[str, Any],
    *,
    binary: bool = False,
) -> Sequence[Any]:
    """Rows of a fixed statement by either kind of connection; their columns are attributes.

    In binary the driver takes half the time for them, but it knows no shapes so.
    """
    if isinstance(connection, AsyncConnection):
        if isinstance(statement, str):
            asked = bound(statement).decode()
            return (await connection.exec_driver_sql(asked, dict(values))).all()
        return (await connection.execute(statement, dict(values))).all()
    if _is_beginning(connection):
        async with connection.pipeline():  # BEGIN goes with it
            cursor = await _asked(connection, statement, values, binary=binary)
    else:
        cursor = await _asked(connection, statement, values, binary=binary)
    return await cursor.fetchall()


async def fetch_together(
    connection: AnyConnection, *asked: tuple[Statement, Mapping[str, Any]]
) -> list[Sequence[Any]]:
    """Rows of several fixed statements of which none needs the answer of another.

    On a connection of the driver they are sent at once; the error of one is that of all.
    """
    if isinstance(connection, AsyncConnection):
        return [await fetch(connection, *each) for each in asked]
    async with connection.pipeline():
        cursors = [await _asked(connection, *each) for each in asked]
    return [await cursor.fetchall() for cursor in cursors]


async def _asked(
    connection: PsycopgConnection[Any],
    statement: Statement,
    values: Mapping[str, Any],
    *,
    binary: bool = False,
) -> AsyncCursor[Any]:
    text, names, known = _driver_text(statement)
    given = {**known, **values} if known else values
    cursor = AsyncRawCursor(connection, row_factory=namedtuple_row)
    asked = [given[name] for name in names]
    return await cursor.execute(text, asked, prepare=True, binary=binary)


def _is_beginning(connection: PsycopgConnection[Any]) -> bool:
    """Whether the next statement begins a transaction."""
    is_idle = connection.pgconn.transaction_status == TransactionStatus.IDLE
    return is_idle and not connection.autocommit


async def fetch_one(
    connection: AnyConnection, statement: Statement, values: Mapping[str, Any]
) -> Any:  # noqa: ANN401 - a row, of whatever columns, or None
    """The only row, or None."""
    rows = await fetch(connection, statement, values)
    return rows[0] if rows else None


@cache
def _driver_text(statement: Statement) -> tuple[bytes, Sequence[str], Mapping[str, Any]]:
    """As the server takes it, the names of its binds in order, and the values that stand in it.

    The driver would look for the binds of a long statement each time that it is asked.
    """
    if isinstance(statement, str):
        text, known = bound(statement).decode(), {}
    else:
        compiled = statement.compile(dialect=_DIALECT)
        text, known = str(compiled), dict(compiled.params)
    places: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        name = found[1]
        return f"${places.setdefault(name, len(places) + 1)}" if name else "%"

    return _MARK.sub(numbered, text).encode(), tuple(places), known
