"""Layer `areas`: the boundaries of one level of one edition."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self, cast, get_args

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import QueryParams

from app.areas.placing import active_edition
from app.areas.queries import Edition, Level, find_edition
from app.cities.queries import City
from app.errors import FieldError, InvalidFields
from app.field_words import field_words
from app.resident.borders import Borders, Place
from app.resident.shelf import Shelf
from app.stored_words import LEVELS
from app.tiles.layer import ASK_AGAIN, FOR_A_YEAR, FOR_EVER, Asked, Layer
from app.tiles.queries import find_levels, read_areas_tile
from spatial.tiles import Tile


@dataclass(frozen=True, slots=True)
class AreaTiles(Layer):
    """Borders without numbers: those travel in the statistics, so a new usulan changes no tile."""

    contents: ClassVar = [
        {"id": "areas", "fields": {"code": "code", "name": "name", "level": "level"}}
    ]
    city: City
    edition: Edition | None
    """The one named, else the active one; None where the city has none."""
    named_edition: str | None
    level: Level | None
    """As named; None leaves it to the zoom."""
    version: str | None
    """The state of the edition that the asker has in mind."""
    borders: Borders = field(compare=False)
    levels: Sequence[Level] | None = None
    """Those that the edition has, from kota down; None where nobody has looked."""
    is_edition_named: bool = False

    @classmethod
    def at_hand(cls, city: City, parameters: QueryParams, shelf: Shelf) -> Self | None:
        named = parameters.get("edition")
        if named and named != city.edition:
            return None
        return cls._of(city, parameters, _active_edition(city), shelf.borders)

    @classmethod
    async def understand(cls, asked: Asked) -> Self:
        city, parameters = asked.city, asked.parameters
        edition = await _edition(asked.connection, city, parameters.get("edition"))
        layer = cls._of(city, parameters, edition, asked.shelf.borders)
        if layer.level is not None:
            return layer
        edition_id = edition.edition_id if edition else active_edition(city)
        levels = await find_levels(asked.connection, city.city_id, edition_id)
        return replace(layer, levels=levels)

    @classmethod
    def _of(
        cls, city: City, parameters: QueryParams, edition: Edition | None, borders: Borders
    ) -> Self:
        level = parameters.get("level")
        if level and level not in get_args(Level):
            raise _unknown("level")
        named = parameters.get("edition") or city.edition
        return cls(
            city,
            edition,
            named,
            cast("Level", level or None),
            parameters.get("v"),
            borders,
            is_edition_named=bool(parameters.get("edition")),
        )

    @property
    def follows_from(self) -> Sequence[object]:
        if self.edition is None:
            return (None, self.city.position, self.level)
        return (self.edition.edition_id, self.edition.version, self.level)

    @property
    def carried(self) -> Sequence[tuple[str, str]]:
        version = self.edition and self.edition.version
        named = (("level", self.level), ("edition", self.named_edition), ("v", version))
        return [(name, value) for name, value in named if value]

    def cache_control(self, *, empty: bool) -> str:
        """How long the borders at this address stay as they are.

        With the edition's present version for ever. Under the edition's name alone a year, and
        the tag still tells on reload when a level has joined it. A gap may be filled any time.
        """
        if empty or self.edition is None:
            return ASK_AGAIN
        if self.version == self.edition.version:
            return FOR_EVER
        return FOR_A_YEAR if self.is_edition_named and not self.version else ASK_AGAIN

    def draw(self, tile: Tile) -> bytes | None:
        place = self._place(tile.z)
        shapes = None if place is None else self.borders.at_hand(place)
        return None if shapes is None else shapes.tile(tile.x, tile.y, name="areas")

    def lacks(self, tile: Tile) -> bool:
        place = self._place(tile.z)
        return place is not None and self.borders.lacks(place)

    async def gather(self, tile: Tile) -> None:
        place = self._place(tile.z)
        if place is not None:
            await self.borders.gather(place)

    async def read(self, connection: AsyncConnection, tile: Tile) -> bytes:
        city_id, edition_id = self.city.city_id, self._edition_id
        level = self._level_at(tile.z) or "kota"
        return await read_areas_tile(
            connection, city_id=city_id, edition_id=edition_id, level=level, tile=tile
        )

    def _level_at(self, z: int) -> Level | None:
        """The level named, else the zoom's; where the edition has no areas of it, the next above.

        None where it is not known which levels there are.
        """
        if self.level is not None or self.levels is None:
            return self.level
        wanted = LEVELS.index(level_at_zoom(z))
        higher = [level for level in self.levels if LEVELS.index(level) <= wanted]
        return higher[-1] if higher else "kota"

    def _place(self, z: int) -> Place | None:
        level = self._level_at(z)
        if self.edition is None or level is None:
            return None
        database = str(self.city.ground[0])
        edition = self.edition
        return Place(database, self.city.city_id, edition.edition_id, edition.version, level, z)

    @property
    def _edition_id(self) -> int:
        return self.edition.edition_id if self.edition else active_edition(self.city)


def level_at_zoom(z: int) -> Level:
    if z <= 12:
        return "kecamatan"
    if z <= 14:
        return "kelurahan"
    return "rw" if z == 15 else "rt"


def _active_edition(city: City) -> Edition | None:
    active, version = city.edition_id, city.areas_version
    return None if active is None or version is None else Edition(active, version)


async def _edition(connection: AsyncConnection, city: City, name: str | None) -> Edition | None:
    if not name or name == city.edition:
        return _active_edition(city)
    found = await find_edition(connection, city.city_id, name)
    if found is None:
        raise _unknown("edition")
    return found


def _unknown(field: str) -> InvalidFields:
    return InvalidFields(
        errors=[FieldError(field, "TIDAK_DIKENAL", field_words("value_unknown", {}))]
    )
