"""The names that routes use: database sessions, the city, the language, the settings.

All are coroutines: the framework calls a plain function in a thread, which takes longer than it.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City as CityRecord
from app.cities.queries import get_city
from app.database import Database, Session
from app.language import Language as LanguageName
from app.language import preferred_language
from app.resident.shelf import Shelf
from app.settings import Settings as SettingsRecord
from app.standby import LastRead, is_away, no_session, standing_of


async def _settings(request: Request) -> SettingsRecord:
    settings: SettingsRecord = request.app.state.settings
    return settings


async def _secret(request: Request) -> bytes:
    secret: bytes = request.app.state.secret
    return secret


async def _connections(request: Request) -> Database:
    return _database(request)


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def _writing_session(request: Request) -> AsyncIterator[AsyncConnection]:
    async with _database(request).staff_session() as connection:
        yield connection
    # Committed: the next answer of this process shows it.
    request.app.state.cities.forget()


async def _reading_session(request: Request) -> AsyncIterator[AsyncConnection]:
    async with _database(request).staff_reading() as connection:
        yield connection


def public_session(request: Request) -> Session:
    """How a request reads what the public may read; while it stands by, not at all."""
    return no_session if is_away(request) else _database(request).public_session


async def _public_session(request: Request) -> AsyncIterator[AsyncConnection]:
    async with public_session(request)() as connection:
        yield connection


async def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


async def _read_before(request: Request) -> LastRead[list[dict[str, Any]]]:
    read_before: LastRead[list[dict[str, Any]]] = request.app.state.read_before
    return read_before


async def _language(request: Request) -> LanguageName:
    return preferred_language(request.headers.get("Accept-Language"))


def spoken_of(request: Request) -> datetime:
    """The moment that an answer speaks of."""
    standing = standing_of(request)
    return datetime.now(UTC) if standing is None else standing.as_of


async def _now(request: Request) -> datetime:
    return spoken_of(request)


Settings = Annotated[SettingsRecord, Depends(_settings)]
Secret = Annotated[bytes, Depends(_secret)]
Language = Annotated[LanguageName, Depends(_language)]
Now = Annotated[datetime, Depends(_now)]
Connections = Annotated[Database, Depends(_connections)]
Indexes = Annotated[Shelf, Depends(_shelf)]
ReadBefore = Annotated[LastRead[list[dict[str, Any]]], Depends(_read_before)]
"""Lists that no filter touches, as they were read last."""

# The scope makes the transaction end before the answer leaves: a sender who has a 201 has it
# because the row is there. With the usual scope the commit would follow the answer.
WriteSession = Annotated[AsyncConnection, Depends(_writing_session, scope="function")]
ReadSession = Annotated[AsyncConnection, Depends(_reading_session, scope="function")]
PublicSession = Annotated[AsyncConnection, Depends(_public_session, scope="function")]


MOST_CODE = 64


ChosenCity = Annotated[
    str | None,
    Query(description="code of the city; left out, the default one", max_length=MOST_CODE),
]


async def _city_code(settings: Settings, city: ChosenCity = None) -> str:
    return city or settings.default_city


CityCode = Annotated[str, Depends(_city_code)]


async def city_of(request: Request, connection: PublicSession, code: CityCode) -> CityRecord:
    """The city that a request is about; NotFound where there is none."""
    standing = standing_of(request)
    return await get_city(connection, code) if standing is None else standing.city


City = Annotated[CityRecord, Depends(city_of)]
