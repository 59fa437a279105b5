"""What documents of maps say beside the set: where the city lies, and whose work is shown."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City, read_sources
from app.standby import LastRead
from app.tiles.queries import read_bounds


class Frame(NamedTuple):
    """Of one city under one edition."""

    bounds: list[float] | None
    """West, south, east and north in degrees; None where the edition has no kota."""
    sources: list[dict[str, Any]]


class Frames:
    """The frames of one process; while the database is away, those that were asked for before."""

    def __init__(self) -> None:
        self._read = LastRead[Frame]()

    async def of(self, connection: AsyncConnection, city: City, *, now: datetime) -> Frame:
        """That of a city under the edition that it is seen under."""

        async def read() -> Frame:
            return Frame(
                await read_bounds(connection, city.city_id, city.edition_id or 0),
                await read_sources(connection, city.city_id, city.edition_id),
            )

        return (await self._read.of(city.ground, read, now=now)).content
