"""Refused rows for officers: in words page by page, and as a file to be corrected."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex
from typing import IO, Any
from uuid import UUID

from app.accounts.permissions import Act, require
from app.cities.queries import get_city
from app.errors import FieldError, InvalidFields, NotFound, NotPermitted
from app.field_words import field_code, field_words
from app.loads import queries
from app.loads.folder import LoadFolder
from app.loads.orders import REJECTS_ATTEMPT
from app.loads.refused import read_refused
from app.loads.service import Loading, may_read_whole, thing_of
from app.loads.workbook import write_workbook
from app.rows import AnyRow
from app.whole_file import told_when_full

_PIECE_BYTES = 1 << 16


async def open_rejects(loading: Loading, load_id: UUID, kind: str) -> IO[bytes]:
    """The file with the rejected rows, open: it is whole though a work removes it meanwhile.

    Raises NotFound where nothing was rejected.
    """
    row = await _load_with_rejects(loading, load_id)
    return await asyncio.to_thread(_opened, _path(loading, row), kind)


async def pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    """What a file holds, which is closed then."""
    with file:
        while piece := await asyncio.to_thread(file.read, _PIECE_BYTES):
            yield piece


async def list_refused(
    loading: Loading, load_id: UUID, *, after: int, limit: int
) -> dict[str, Any]:
    """Some of the refused rows in words.

    Raises NotFound where nothing was rejected, InvalidFields past the last of them.
    """
    row = await _load_with_rejects(loading, load_id)
    rejected = row.report["rejected"]
    if after > rejected:
        facts = {"le": rejected}
        words = field_words("less_than_equal", facts)
        raise InvalidFields(errors=[FieldError("after", field_code("less_than_equal"), words)])
    try:
        path = _path(loading, row)
        rows = await asyncio.to_thread(read_refused, path, after=after, limit=limit)
    except FileNotFoundError:
        raise NotFound from None
    return {"rows": rows}


async def _load_with_rejects(loading: Loading, load_id: UUID) -> AnyRow:
    """Rejected rows may hold contacts: for who may read the whole list."""
    async with loading.database.staff_reading() as connection:
        city = await get_city(connection, loading.city_code)
        row = await queries.find_load(connection, city.city_id, load_id)
    if row is None:
        raise NotFound
    require(loading.actor, Act.LOAD, thing_of(row))
    if not may_read_whole(row, loading):
        raise NotPermitted
    if not row.report or not row.report["rejects_file"]:
        raise NotFound
    return row


def _path(loading: Loading, row: AnyRow) -> Path:
    folder, attempt = loading.folder(row.load_id), row.report.get(REJECTS_ATTEMPT)
    return folder.old_rejects(row.file_name) if attempt is None else folder.rejects(attempt)


def _opened(rejects: Path, kind: str) -> IO[bytes]:
    try:
        return rejects.open("rb") if kind == "csv" else _opened_book(rejects)
    except FileNotFoundError:  # it lies on another machine, or another work has just removed it
        raise NotFound from None


def _opened_book(rejects: Path) -> IO[bytes]:
    """It has no name any more, so that nothing of it stays once it is sent."""
    draft = LoadFolder(rejects.parent).draft(token_hex(8))  # another may be asked for meanwhile
    try:
        with told_when_full():
            write_workbook(rejects, draft)
        return draft.open("rb")
    finally:
        draft.unlink(missing_ok=True)
