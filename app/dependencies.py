"""The names that routes use: database sessions, the city, the language, the settings."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City as CityRecord
from app.cities.queries import get_city
from app.database import Database
from app.language import Language as LanguageName
from app.language import preferred_language
from app.resident.shelf import Shelf
from app.settings import Settings as SettingsRecord
from app.standby import NO_TRANSACTION, standing_of


def _settings(request: Request) -> SettingsRecord:
    settings: SettingsRecord = request.app.state.settings
    return settings


def _secret(request: Request) -> bytes:
    secret: bytes = request.app.state.secret
    return secret


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def _staff_session(request: Request) -> AsyncIterator[AsyncConnection]:
    async with _database(request).staff_session() as connection:
        yield connection
    # Committed: the next answer of this process shows it.
    request.app.state.cities.forget()


async def _reading_session(request: Request) -> AsyncIterator[AsyncConnection]:
    async with _database(request).staff_reading() as connection:
        yield connection


async def _public_session(request: Request) -> AsyncIterator[AsyncConnection]:
    if standing_of(request) is not None:
        yield NO_TRANSACTION
        return
    async with _database(request).public_session() as connection:
        yield connection


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def _language(request: Request) -> LanguageName:
    return preferred_language(request.headers.get("Accept-Language"))


def _now(request: Request) -> datetime:
    """The moment that an answer speaks of."""
    standing = standing_of(request)
    return datetime.now(UTC) if standing is None else standing.as_of


Settings = Annotated[SettingsRecord, Depends(_settings)]
Secret = Annotated[bytes, Depends(_secret)]
Language = Annotated[LanguageName, Depends(_language)]
Now = Annotated[datetime, Depends(_now)]
Indexes = Annotated[Shelf, Depends(_shelf)]

# The scope makes the transaction end before the answer leaves: a sender who has a 201 has it
# because the row is there. With the usual scope the commit would follow the answer.
WriteSession = Annotated[AsyncConnection, Depends(_staff_session, scope="function")]
ReadSession = Annotated[AsyncConnection, Depends(_reading_session, scope="function")]
PublicSession = Annotated[AsyncConnection, Depends(_public_session, scope="function")]


def _city_code(
    settings: Settings,
    city: Annotated[
        str | None, Query(description="code of the city; left out, the default one", max_length=64)
    ] = None,
) -> str:
    return city or settings.default_city


CityCode = Annotated[str, Depends(_city_code)]


async def _city(request: Request, connection: PublicSession, code: CityCode) -> CityRecord:
    standing = standing_of(request)
    return await get_city(connection, code) if standing is None else standing.city


City = Annotated[CityRecord, Depends(_city)]
