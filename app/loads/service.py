"""Loads of officers: who may see and do what, and the works that follow from it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.permissions import (
    Act,
    Actor,
    Grant,
    Thing,
    may,
    require,
    require_somewhere,
    roles_of_steps,
)
from app.accounts.service import SignedIn
from app.accounts.tokens import new_id
from app.areas.queries import read_chain
from app.cities.queries import City, get_city
from app.database import Database
from app.errors import Conflict, FieldError, InvalidFields, NotFound, NotPermitted
from app.field_words import field_code, field_words
from app.language import Words
from app.lists.mapping import ListMapping, MappingRefused, mapping_toml, read_mapping
from app.loads import queries
from app.loads.desk import LoadDesk
from app.loads.folder import LoadFolder, shown_name, spool
from app.loads.orders import REJECTS_ATTEMPT, Order
from app.loads.quota import Wish, count_upload, require_quota
from app.loads.schemas import MappingWish, UploadQuery
from app.loads.states import BROKEN_OFF, UNDER_WAY, State, Work, is_broken_off, may_of
from app.rows import AnyRow
from app.whole_file import told_when_full, write_whole

_WORKS: Mapping[str, tuple[Work, Act]] = {
    "check": (Work.CHECK, Act.LOAD),
    "commit": (Work.STORE, Act.LOAD),
    "undo": (Work.TAKE_BACK, Act.UNLOAD),
}
_NO_FACTS: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Sent:
    """What is said beside a file, and what keeps secret under whom it is counted."""

    query: UploadQuery
    most_bytes: int
    secret: bytes


@dataclass(frozen=True, slots=True)
class Loading:
    """An officer who loads: who, in which city, when, and who does the work."""

    database: Database
    desk: LoadDesk
    who: SignedIn
    city_code: str
    now: datetime

    @property
    def actor(self) -> Actor:
        """With the roles that hold today."""
        return self.who.actor

    def folder(self, load_id: UUID) -> LoadFolder:
        """The files of a load."""
        return LoadFolder.of(Path(self.desk.bench.state_dir), load_id)


async def upload(loading: Loading, sent: Sent, chunks: AsyncIterator[bytes]) -> dict[str, Any]:
    """Take a file and have it read; the load. Nothing is read of who may not load.

    Raises NotFound and NotPermitted by the roles of the actor, QuotaFull, TooManyLists, TooLarge,
    StorageFull, Busy.
    """
    async with loading.database.staff_reading() as connection:
        city = await get_city(connection, loading.city_code)
        grant = require_somewhere(loading.actor, Act.LOAD, city.city_id, sent.query.area)
        areas = [grant.area_code or city.code]
        if city.edition_id is not None:
            chain = await read_chain(connection, city.city_id, city.edition_id, areas[0])
            areas = [area["code"] for area in chain] or areas
        wish = Wish(city.city_id, loading.who.account.account_id, 0, sent.most_bytes)
        await require_quota(connection, wish)
    loading.desk.require_room()
    await count_upload(loading.database, wish, secret=sent.secret, now=loading.now)
    load_id, name = new_id(loading.now), shown_name(sent.query.name)
    folder = loading.folder(load_id)
    try:
        async with loading.desk.upload():
            size = await spool(chunks, folder.listed(name), most_bytes=sent.most_bytes)
        _require_something(size)
        row = _new_row(loading, city, grant, areas)
        row |= {"load_id": load_id, "file_name": name, "file_bytes": size, "year": sent.query.year}
        async with loading.database.staff_session() as connection:
            await require_quota(connection, wish._replace(size=size), lock=True)
            await queries.add_load(connection, row)
    except BaseException:
        folder.forget()
        raise
    loading.desk.begin(_order(Work.READ, city, load_id, 1, grant))
    return await describe(loading, load_id)


def _require_something(size: int) -> None:
    if size == 0:
        raise InvalidFields(errors=[_wrong("", "missing")])


def _new_row(loading: Loading, city: City, grant: Grant, areas: list[str]) -> dict[str, Any]:
    return {
        "city_id": city.city_id,
        "account_id": loading.who.account.account_id,
        "role": grant.role,
        "area_code": grant.area_code or city.code,
        "areas": areas,
        "state": State.READING,
        "attempt": 1,
        "rows_done": 0,
        "rows_about": 0,
        # Not when the request came: a large file takes its time.
        "beat": datetime.now(UTC),
        "created": loading.now,
        "updated": loading.now,
    }


async def list_loads(loading: Loading) -> dict[str, Any]:
    """The newest loads in the areas of the actor."""
    async with loading.database.staff_reading() as connection:
        city = await get_city(connection, loading.city_code)
        require_somewhere(loading.actor, Act.LOAD, city.city_id)
        own = [grant.area_code for grant in loading.actor.grants if Act.LOAD in grant.acts]
        areas = [code for code in own if code is not None]
        rows = await queries.list_loads(connection, city.city_id, areas)
    reached = [row for row in rows if may(loading.actor, Act.LOAD, thing_of(row))]
    return {"loads": [_item(row, loading) for row in reached]}


async def describe(loading: Loading, load_id: UUID) -> dict[str, Any]:
    """One load with all that was found; NotFound beyond the reach of the actor."""
    async with loading.database.staff_reading() as connection:
        city = await get_city(connection, loading.city_code)
        row = await queries.find_load(connection, city.city_id, load_id)
    if row is None:
        raise NotFound
    require(loading.actor, Act.LOAD, thing_of(row))
    return _full(row, loading)


async def begin(loading: Loading, load_id: UUID, wanted: str) -> dict[str, Any]:
    """Begin a dry run, the load itself or its undoing; the load as it is then.

    Raises Conflict where it may not be begun as the load stands, Busy where too much waits.
    """
    work, act = _WORKS[wanted]
    loading.desk.require_room()
    async with loading.database.staff_session() as connection:
        city = await get_city(connection, loading.city_code)
        row = await _locked(connection, city, load_id)
        grant = require(loading.actor, act, thing_of(row))
        _require_state(row, loading, wanted)
        changes = {
            "state": UNDER_WAY[work],
            "attempt": row.attempt + 1,
            "beat": loading.now,
            "updated": loading.now,
            "rows_done": 0,
            "rows_about": 0,
            "failure": None,
        }
        if work is Work.CHECK:
            changes |= {"report": None, "tried_as": _standing_of(grant)}
        await queries.change_load(connection, city.city_id, load_id, changes)
    await asyncio.to_thread(loading.folder(load_id).keep)
    loading.desk.begin(_order(work, city, load_id, row.attempt + 1, grant))
    return await describe(loading, load_id)


async def cancel(loading: Loading, load_id: UUID) -> dict[str, Any]:
    """End a load of which nothing is stored; its file is removed, work under way is ended."""
    async with loading.database.staff_session() as connection:
        city = await get_city(connection, loading.city_code)
        row = await _locked(connection, city, load_id)
        require(loading.actor, Act.LOAD, thing_of(row))
        _require_state(row, loading, "cancel")
        # What was seen of the file goes with it.
        gone = dict.fromkeys(("guess", "mapping", "report", "failure"))
        changes = {**gone, "state": State.CANCELLED, "updated": loading.now}
        await queries.change_load(connection, city.city_id, load_id, changes)
    await asyncio.to_thread(loading.folder(load_id).forget)
    return await describe(loading, load_id)


async def put_mapping(loading: Loading, load_id: UUID, wish: MappingWish) -> dict[str, Any]:
    """Say what the columns mean; a dry run from before counts no more.

    Reports quote words that are not understood, so that a mapping can show any column: it is for
    whoever sent the list, and for those who may read contacts. Raises InvalidFields for a mapping
    that cannot be.
    """
    async with loading.database.staff_session() as connection:
        city = await get_city(connection, loading.city_code)
        row = await _locked(connection, city, load_id)
        require(loading.actor, Act.LOAD, thing_of(row))
        if not _may_map(row, loading):
            raise NotPermitted
        _require_state(row, loading, "mapping")
        path = loading.folder(load_id).mapping(row.file_name)
        await asyncio.to_thread(_write_mapping, path, wish)
        changes = {
            "mapping": wish.model_dump(),
            "report": None,
            "failure": None,
            "state": State.WAITING,
            "attempt": row.attempt + 1,
            "updated": loading.now,
        }
        await queries.change_load(connection, city.city_id, load_id, changes)
    return await describe(loading, load_id)


def _write_mapping(path: Path, wish: MappingWish) -> None:
    mapping = ListMapping(wish.columns, wish.values, wish.defaults, wish.sheet)
    draft = path.with_name(f"{path.name}.draft")
    try:
        with told_when_full():
            write_whole(draft, mapping_toml(mapping).encode("utf-8", "replace"))
        read_mapping(draft)
        draft.replace(path)
    except MappingRefused as refused:
        told = Words(f"{refused}.", f"{refused}.")
        raise InvalidFields(errors=[FieldError("", field_code("value_unknown"), told)]) from refused
    except FileNotFoundError:  # it lies on another machine, or was removed by hand
        raise NotFound from None
    finally:
        draft.unlink(missing_ok=True)


def may_read_whole(row: AnyRow, loading: Loading) -> bool:
    """Contacts too: whoever sent the list, and who may read contacts there; a program never."""
    if loading.who.is_program:
        return False
    return _is_own(row, loading) or may(loading.actor, Act.READ_CONTACT, thing_of(row))


def _may_map(row: AnyRow, loading: Loading) -> bool:
    return _is_own(row, loading) or may_read_whole(row, loading)


def thing_of(row: AnyRow) -> Thing:
    """A load lies where whoever loads has his role."""
    return Thing(row.city_id, row.areas)


async def _locked(connection: AsyncConnection, city: City, load_id: UUID) -> AnyRow:
    row = await queries.find_load(connection, city.city_id, load_id, lock=True)
    if row is None:
        raise NotFound
    return row


def _require_state(row: AnyRow, loading: Loading, wanted: str) -> None:
    current = _full(row, loading)
    if wanted not in current["may"]:
        words = field_words("not_now", _NO_FACTS)
        told = FieldError("/state", field_code("not_now"), words)
        raise Conflict(errors=[told], members={"current": current})


def _order(work: Work, city: City, load_id: UUID, attempt: int, grant: Grant) -> Order:
    return Order(
        work=work,
        city_id=city.city_id,
        city=city.code,
        load_id=load_id,
        attempt=attempt,
        role=grant.role,
        area=grant.area_code or city.code,
        roles=roles_of_steps(grant),
    )


def _standing_of(grant: Grant) -> list[str]:
    """Under which role, for which area and with whose steps something is tried or stored."""
    return [grant.role, grant.area_code or "", *roles_of_steps(grant)]


def _is_tried(row: AnyRow, loading: Loading) -> bool:
    """Whether its dry run was made as this actor would store it; else it may not tell the same."""
    over = loading.actor.grants_over(thing_of(row))
    own = next((grant for grant in over if Act.LOAD in grant.acts), None)
    return own is not None and row.tried_as == _standing_of(own)


def _item(row: AnyRow, loading: Loading) -> dict[str, Any]:
    is_broken = is_broken_off(row.state, row.beat, loading.now)
    is_tried = row.is_checked and _is_tried(row, loading)
    words = may_of(row.state, is_broken=is_broken, is_checked=is_tried, has_created=row.has_created)
    thing = thing_of(row)
    allowed = {
        word for word in words if may(loading.actor, _WORKS.get(word, (None, Act.LOAD))[1], thing)
    }
    if not _may_map(row, loading):
        allowed.discard("mapping")
    return {
        "id": str(row.load_id),
        "area": row.area_code,
        "role": row.role,
        "file": {"name": row.file_name, "bytes": row.file_bytes},
        "year": row.year,
        "state": State.FAILED if is_broken else row.state,
        "progress": {"done": row.rows_done, "about": row.rows_about},
        "failure": BROKEN_OFF if is_broken else row.failure,
        "own": _is_own(row, loading),
        "created": row.created,
        "updated": row.updated,
        "may": [word for word in words if word in allowed],
    }


def _full(row: AnyRow, loading: Loading) -> dict[str, Any]:
    found = _item(row, loading)
    if row.report and row.report["rejects_file"] and may_read_whole(row, loading):
        found["may"].append("rejects")
    report = row.report and {
        name: told for name, told in row.report.items() if name != REJECTS_ATTEMPT
    }
    rest = {name: getattr(row, name) for name in ("guess", "mapping", "undone")}
    return found | rest | {"report": report}


def _is_own(row: AnyRow, loading: Loading) -> bool:
    own: bool = row.account_id == loading.who.account.account_id
    return own


def _wrong(pointer: str, kind: str) -> FieldError:
    return FieldError(pointer, field_code(kind), field_words(kind, _NO_FACTS))
