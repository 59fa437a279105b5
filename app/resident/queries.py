"""What an index reads, through the views that the public may read."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import AsyncConnection as PsycopgConnection
from psycopg import AsyncCopy
from psycopg.abc import PQGen
from psycopg.rows import dict_row
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.lines import AnyConnection, fetch, fetch_one
from app.resident.following import Change, Reading
from app.resident.rows import RowDecoder, Rows
from app.statements import load_statement, load_text
from app.views import area
from spatial.areas import LEVELS
from spatial.outlines import outline_zoom

_BLOCK_BYTES = 2**22


async def read_changes(
    connection: AnyConnection, city_id: int, mark: int, *, looks_first: bool = False
) -> Reading:
    """What this transaction's snapshot shows of a city's changes at or above a mark.

    Who `looks_first` asks whether there is any: where there is none that takes half the time.
    """
    # Asked of the driver itself, for this is asked before every answer.
    driver, values = _driver(connection), {"city_id": city_id, "mark": mark}
    if looks_first:
        look = load_statement("resident", "look_for_changes")
        found = await (await driver.execute(look, values, prepare=True, binary=True)).fetchall()
        [(horizon, is_any)] = found
        if not is_any:
            return Reading(horizon, [])
    statement = load_statement("resident", "read_changes")
    cursor = await driver.execute(statement, values, prepare=True, binary=True)
    rows = await cursor.fetchall()
    changes = [Change(txid, number) for _, txid, number in rows if txid is not None]
    return Reading(rows[0][0], changes)


def _driver(connection: AnyConnection) -> PsycopgConnection[Any]:
    """The connection beneath, in the same transaction; one of the driver is that itself."""
    if not isinstance(connection, AsyncConnection):
        return connection
    # It is there since the transaction began: to wait for it would take a quarter of an idle poll.
    raw = connection.sync_connection.connection  # type: ignore[union-attr]
    driver: PsycopgConnection[Any] = raw.driver_connection  # type: ignore[assignment]  # the only driver
    return driver


async def read_rows(
    connection: AnyConnection, city_id: int, edition_id: int, numbers: Sequence[str] | None
) -> AsyncIterator[Rows]:
    """Public usulan of a city, or those of some numbers that there are, block by block."""
    driver = _driver(connection)
    values: dict[str, object] = {"city_id": city_id, "edition_id": edition_id}
    if numbers is not None:
        values["numbers"] = list(numbers)
    statement = "copy_city" if numbers is None else "copy_rows"
    decoder, content = RowDecoder(), bytearray(b" ")
    async with (
        driver.cursor() as cursor,
        cursor.copy(load_statement("resident", statement), values) as copy,
    ):
        while content:
            content = bytearray()
            await driver.wait(_gathering(copy, content))
            yield decoder.rows(content)
    decoder.end()


def _gathering(copy: AsyncCopy, content: bytearray) -> PQGen[None]:
    """Add what comes, a block at most and nothing at the end.

    It yields only where nothing is there yet, for a turn of the event loop for every row takes
    longer than the row.
    """
    while len(content) < _BLOCK_BYTES:
        row = yield from copy._read_gen()  # noqa: SLF001 - what `read` waits for, row by row
        if not row:
            break
        content += row


async def read_words(
    connection: AnyConnection, city_id: int, edition_id: int, numbers: Sequence[str]
) -> Sequence[Mapping[str, Any]]:
    """What the words of some usulan are, each with its number."""
    values = {"city_id": city_id, "edition_id": edition_id, "numbers": list(numbers)}
    async with _driver(connection).cursor(row_factory=dict_row) as cursor:
        await cursor.execute(load_statement("resident", "read_words"), values)
        return await cursor.fetchall()


async def find_words(
    connection: AnyConnection, city_id: int, pattern: str, *, among: Sequence[str] | None = None
) -> str:
    """Numbers of usulan with words of their own like a pattern, one after the other."""
    values: dict[str, object] = {"city_id": city_id, "pattern": pattern}
    if among is not None:
        values["among"] = list(among)
    statement = "find_words" if among is None else "find_words_among"
    row = await fetch_one(connection, load_text("resident", statement), values)
    return str(row.numbers or "")


async def find_named_categories(connection: AnyConnection, pattern: str) -> frozenset[str]:
    """Codes of categories that the public knows usulan by, and whose name is like a pattern."""
    statement = load_text("resident", "find_named_categories")
    return frozenset(row.code for row in await fetch(connection, statement, {"pattern": pattern}))


class GroundArea(NamedTuple):
    """An area of an edition, without its shape."""

    code: str
    level: str
    name: str
    parent_code: str | None
    population: int | None
    households: int | None
    area_km2: float | None


async def read_ground(
    connection: AsyncConnection, city_id: int, edition_id: int
) -> list[GroundArea]:
    """All areas of an edition, by ascending code."""
    statement = (
        select(*(area.c[name] for name in GroundArea._fields))
        .where(area.c.city_id == city_id, area.c.edition_id == edition_id)
        .order_by(area.c.code)
    )
    return [GroundArea(*row) for row in await connection.execute(statement)]


async def read_drawn(
    connection: AsyncConnection, city_id: int, edition_id: int, *, level: str, z: int
) -> list[tuple[str, str, bytes]]:
    """Code, name and shape of the areas of a level as a zoom shows them, by ascending code."""
    values = {
        "city_id": city_id,
        "edition_id": edition_id,
        "level": level,
        "outline": outline_zoom(z),
    }
    statement = load_statement("resident", "read_drawn").decode()
    rows = (await connection.exec_driver_sql(statement, values)).all()
    return [(row.code, row.name, bytes(row.shape)) for row in rows]


async def read_area_codes(
    connection: AsyncConnection, city_id: int, edition_id: int
) -> dict[str, tuple[str, ...]]:
    """By level, the codes of all areas of an edition, ascending."""
    statement = (
        select(area.c.level, area.c.code)
        .where(area.c.city_id == city_id, area.c.edition_id == edition_id)
        .order_by(area.c.code)
    )
    found: dict[str, list[str]] = {level: [] for level in LEVELS}
    for level, code in await connection.execute(statement):
        found[level].append(code)
    return {level: tuple(codes) for level, codes in found.items()}
