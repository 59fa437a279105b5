"""Which tile is asked for, whether the asker has it already, and its bytes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import QueryParams

from app.areas.placing import active_edition
from app.areas.queries import Edition, Level, find_edition
from app.cities.queries import City
from app.errors import FieldError, InvalidFields, NotFound
from app.field_words import field_words
from app.models.area import LEVELS
from app.tiles.queries import find_levels, read_areas_tile, read_base_tile, read_usulan_tile
from app.usulan.filters import filter_query, read_filters
from app.usulan.selection import Chosen, choose
from spatial.errors import TileOutOfRange
from spatial.tiles import ENCODER, Tile

LAYERS = ("usulan", "areas", "base")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,7}")
_YEAR = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True)
class TileRequest:
    """One tile of one layer, as asked for, with parameters known to be right."""

    layer: str
    tile: Tile
    city: City
    parameters: QueryParams
    edition: Edition | None
    """Of areas the edition named, else the active one; None for other layers."""

    @property
    def depends_on(self) -> Sequence[object]:
        """All that its bytes follow from."""
        city, tile = self.city, self.tile
        edition_id = self.edition.edition_id if self.edition else city.edition_id
        where = (self.layer, tile.z, tile.x, tile.y, city.city_id, edition_id)
        # A new usulan changes no polygon.
        state = self.edition.version if self.edition else city.position
        return (ENCODER, *where, state, *self._choice())

    def _choice(self) -> Sequence[object]:
        if self.layer == "usulan":
            return filter_query(read_filters(self.parameters))
        if self.layer == "areas":
            return (self.parameters.get("level"),)
        return ()

    def cache_control(self, *, empty: bool) -> str:
        """Areas asked for by their version stay as they are; by no other address, and not a gap."""
        if self.layer == "base":
            return "public, max-age=3600"
        version = self.edition and self.edition.version
        stays = version is not None and self.parameters.get("v") == version
        return _YEAR if stays and not empty else _ASK_AGAIN


def read_address(layer: str, numbers: Mapping[str, str]) -> Tile:
    """The tile of an address; NotFound for whatever is none."""
    if layer not in LAYERS:
        raise NotFound
    found = [numbers[name] for name in ("z", "x", "y")]
    if not all(_NUMBER.fullmatch(number) for number in found):
        raise NotFound
    try:
        return Tile(*(int(number) for number in found))
    except TileOutOfRange:
        raise NotFound from None


async def understand(
    connection: AsyncConnection, address: tuple[str, Tile], city: City, parameters: QueryParams
) -> TileRequest:
    """What a layer and tile are asked for; InvalidFields says which parameter names nothing."""
    layer, tile = address
    edition = None
    if layer == "usulan":
        await choose(connection, city, read_filters(parameters))
    if layer == "areas":
        if named := parameters.get("level"):
            require_level(named)
        edition = await _edition(connection, city, parameters.get("edition"))
    return TileRequest(layer, tile, city, parameters, edition)


async def read_tile(connection: AsyncConnection, asked: TileRequest) -> bytes:
    """The bytes of the tile, of parameters known to be right; none when it is empty."""
    city_id = asked.city.city_id
    if asked.layer == "base":
        return await read_base_tile(connection, city_id=city_id, tile=asked.tile)
    if asked.layer == "areas":
        edition_id, level = await choose_level(connection, asked)
        return await read_areas_tile(
            connection, city_id=city_id, edition_id=edition_id, level=level, tile=asked.tile
        )
    chosen = Chosen(asked.city, read_filters(asked.parameters))
    return await read_usulan_tile(connection, chosen.conditions, asked.tile)


async def choose_level(connection: AsyncConnection, asked: TileRequest) -> tuple[int, Level]:
    """Edition and level of an areas tile: as named, else the active one and the zoom's level.

    Where the edition has no areas of the zoom's level, the next level above stands in.
    """
    edition_id = asked.edition.edition_id if asked.edition else active_edition(asked.city)
    named = asked.parameters.get("level")
    if named:
        return edition_id, require_level(named)
    wanted = LEVELS.index(level_at_zoom(asked.tile.z))
    there = await find_levels(connection, asked.city.city_id, edition_id)
    higher = [level for level in there if LEVELS.index(level) <= wanted]
    return edition_id, higher[-1] if higher else "kota"


def level_at_zoom(z: int) -> Level:
    if z <= 12:
        return "kecamatan"
    if z <= 14:
        return "kelurahan"
    return "rw" if z == 15 else "rt"


def require_level(name: str) -> Level:
    if name not in get_args(Level):
        raise _unknown("level")
    return cast("Level", name)


async def _edition(connection: AsyncConnection, city: City, name: str | None) -> Edition | None:
    if not name or name == city.edition:
        active, version = city.edition_id, city.areas_version
        return None if active is None or version is None else Edition(active, version)
    found = await find_edition(connection, city.city_id, name)
    if found is None:
        raise _unknown("edition")
    return found


def _unknown(field: str) -> InvalidFields:
    return InvalidFields(
        errors=[FieldError(field, "TIDAK_DIKENAL", field_words("value_unknown", {}))]
    )
