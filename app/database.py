"""Connections: one pool for the staff role, one for the public role that can read views alone.

Each role has a few lines beside its pool, for what is asked often (`app.lines`).

Nothing connects before it is asked to, so the application starts while the database is away.
Waiting is bounded everywhere (for a place in the pool, a lock, a statement, the whole piece of
work), so that a slow or locked database becomes a prompt "busy" and never a queue without end.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from app.lines import Lines, PromptConnection

POOL_WAIT_S = 1.2
CONNECT_S = 2
WORK_S = 3.2
LOADING_S = 300.0
WRITING_LINES = READING_LINES = 8
_STAFF_KEPT, _STAFF_MORE = 6, 2
_PUBLIC_KEPT, _PUBLIC_MORE = 8, 4
_LOADINGS = 2
STAFF_MOST = _STAFF_KEPT + _STAFF_MORE + WRITING_LINES
PUBLIC_MOST = _PUBLIC_KEPT + _PUBLIC_MORE + READING_LINES + _LOADINGS
"""Connections that one process may have; of long readings there are hardly more at a time."""
_SESSION_OPTIONS = (
    "-c statement_timeout=2900 -c lock_timeout=1500 -c idle_in_transaction_session_timeout=15000"
    " -c client_connection_check_interval=500"
)
_FIXED_PLANS = "-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0"
# What was read is worked on before the transaction ends, and that too takes its time.
_LONG_WORK = (
    "SET LOCAL statement_timeout = '290s'",
    "SET LOCAL idle_in_transaction_session_timeout = '290s'",
)
# All statements of a transaction see one instant.
_READING = (
    r"-c default_transaction_isolation=repeatable\ read",
    "-c default_transaction_read_only=on",
)
DATABASE_ERRORS = (SQLAlchemyError, psycopg.Error, TimeoutError)
"""All by which a piece of work in the database can fail; `is_busy` tells which pass."""
Session = Callable[[], AbstractAsyncContextManager[AsyncConnection]]
"""Begins a transaction."""
# Cancelled for lasting too long, lock not granted, serialisation, deadlock, too many
# connections, server going down or coming up, disk full, read-only standby.
_BUSY_STATES = ("57014", "55P03", "40001", "40P01", "53", "57P", "08", "25006", "25P03")
# A statement that is stopped while GEOS works on a shape ends as a mistake of the server's.
_MISTAKE, _STOPPED_SHAPE = "XX000", "InterruptedException"


_PROMPT = {"async_creator_fn": PromptConnection.connect}


@dataclass(frozen=True, slots=True)
class Database:
    """The connections of one process."""

    staff: AsyncEngine
    public: AsyncEngine
    loading: AsyncEngine
    """Of the public role too, for long readings: they never wait behind short ones."""
    writing: Lines
    """Of the staff role, without SQLAlchemy."""
    reading: Lines
    """The same of the public role; nothing can be written there."""

    @asynccontextmanager
    async def staff_session(self) -> AsyncIterator[AsyncConnection]:
        """One transaction of the staff role: committed at the end, undone by any error."""
        async with asyncio.timeout(WORK_S), _begun(self.staff) as connection:
            yield connection

    @asynccontextmanager
    async def writing_line(self) -> AsyncIterator[PromptConnection]:
        """The same on a connection of the driver, for a few fixed statements."""
        async with asyncio.timeout(WORK_S), self.writing.transaction() as connection:
            yield connection

    @asynccontextmanager
    async def writing_at_once(self) -> AsyncIterator[PromptConnection]:
        """A connection of the driver on which each sending is a transaction of its own."""
        async with asyncio.timeout(WORK_S), self.writing.at_once() as connection:
            yield connection

    @asynccontextmanager
    async def long_line(self) -> AsyncIterator[PromptConnection]:
        """The same for long work; all its statements see one instant."""
        async with asyncio.timeout(LOADING_S), self.writing.transaction() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for setting in _LONG_WORK:
                await connection.execute(setting)
            yield connection

    @asynccontextmanager
    async def reading_line(self) -> AsyncIterator[PromptConnection]:
        """One reading transaction of the public role on a connection of the driver."""
        async with asyncio.timeout(WORK_S), self.reading.transaction() as connection:
            yield connection

    @asynccontextmanager
    async def reading_at_once(self) -> AsyncIterator[PromptConnection]:
        """A connection on which what is sent together sees one instant, and ends there."""
        async with asyncio.timeout(WORK_S), self.reading.at_once() as connection:
            yield connection

    @asynccontextmanager
    async def staff_reading(self) -> AsyncIterator[AsyncConnection]:
        """One transaction of the staff role in which nothing can be written."""
        reading = self.staff.execution_options(postgresql_readonly=True)
        async with asyncio.timeout(WORK_S), _begun(reading) as connection:
            yield connection

    @asynccontextmanager
    async def public_session(self) -> AsyncIterator[AsyncConnection]:
        """One reading transaction of the public role: all its statements see one instant."""
        async with asyncio.timeout(WORK_S), _begun(self.public) as connection:
            yield connection

    @asynccontextmanager
    async def public_loading(self) -> AsyncIterator[AsyncConnection]:
        """The same for one long reading, as of a whole city."""
        async with asyncio.timeout(LOADING_S), _begun(self.loading) as connection:
            for setting in _LONG_WORK:
                await connection.exec_driver_sql(setting)
            yield connection

    async def close(self) -> None:
        await self.staff.dispose()
        await self.public.dispose()
        await self.loading.dispose()
        await self.writing.close()
        await self.reading.close()


@asynccontextmanager
async def _begun(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction whose connection is dropped when whoever works in it gives up.

    To end it in good order takes the word of a server that may hang, and nothing bounds that
    wait: the time was over before it began.
    """
    async with engine.begin() as connection:
        try:
            yield connection
        except asyncio.CancelledError:
            await connection.invalidate()
            raise


def open_database(staff_url: str, public_url: str) -> Database:
    """Pools over two libpq addresses; the first use connects."""
    return Database(
        staff=create_async_engine(
            _url(staff_url),
            pool_size=_STAFF_KEPT,
            max_overflow=_STAFF_MORE,
            pool_timeout=POOL_WAIT_S,
            pool_pre_ping=True,
            hide_parameters=True,  # an error's text must not carry what people sent
            connect_args=_PROMPT,
        ),
        public=create_async_engine(
            _url(public_url),
            pool_size=_PUBLIC_KEPT,
            max_overflow=_PUBLIC_MORE,
            pool_timeout=POOL_WAIT_S,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=_PROMPT,
            # Counts and rows of one answer, tile and its ETag: all of the same instant.
            isolation_level="REPEATABLE READ",
        ),
        loading=create_async_engine(
            _url(public_url),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=_PROMPT,
            isolation_level="REPEATABLE READ",
        ),
        writing=Lines(_fixed(staff_url), most=WRITING_LINES, wait_s=POOL_WAIT_S),
        reading=Lines(_fixed(public_url, *_READING), most=READING_LINES, wait_s=POOL_WAIT_S),
    )


def is_busy(error: BaseException) -> bool:
    """Whether trying again later helps: the database is away, full, slow or locked."""
    if isinstance(error, TimeoutError | PoolTimeout | InterfaceError | psycopg.InterfaceError):
        return True
    told = _told(error)
    if not isinstance(told, psycopg.Error):
        return False
    if told.sqlstate is None:
        return isinstance(told, psycopg.OperationalError)
    is_stopped_shape = told.sqlstate == _MISTAKE and _STOPPED_SHAPE in str(told)
    return is_stopped_shape or told.sqlstate.startswith(_BUSY_STATES)


def is_full(error: BaseException) -> bool:
    """Whether the database's disk has no room: somebody has to make some before it helps to try."""
    return isinstance(_told(error), psycopg.errors.DiskFull)


def _told(error: BaseException) -> BaseException | None:
    """What the driver says: COPY is asked of itself, and its errors come as they are."""
    return error.orig if isinstance(error, DBAPIError) else error


def _url(libpq_url: str) -> URL:
    url = make_url(libpq_url).set(drivername="postgresql+psycopg")
    options = " ".join((*url.normalized_query.get("options", ()), _SESSION_OPTIONS))
    return url.update_query_dict({"options": options, "connect_timeout": str(CONNECT_S)})


def _fixed(libpq_url: str, *more: str) -> str:
    """The address of lines whose statements are fixed: each is planned once, for any values.

    Planning what is similar to a submission takes twenty times as long as finding it. For any
    values it is believed to read a share of the city: a large one got two more processes for it,
    started for each submission, which took a hundred times as long as the few rows that it reads.
    """
    known = make_url(libpq_url).normalized_query.get("options", ())
    options = " ".join((*known, _SESSION_OPTIONS, _FIXED_PLANS, *more))
    return make_conninfo(libpq_url, options=options, connect_timeout=CONNECT_S)


async def read_revision(connection: AsyncConnection) -> str | None:
    """The migration that the database is at; None before the first one."""
    table = await connection.scalar(text("SELECT to_regclass('peta.alembic_version')"))
    if table is None:
        return None
    found = await connection.scalar(text("SELECT version_num FROM peta.alembic_version"))
    return None if found is None else str(found)
