"""Which tile is asked for, and by which tags its bytes are known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import NotFound
from app.tiles.layer import Layer, Tiles
from app.tiles.layers import LAYERS
from app.web.answers import tag_of
from spatial.errors import TileOutOfRange
from spatial.tiles import ENCODER, Tile

_NUMBER = re.compile(r"0|[1-9][0-9]{0,7}")


def get_layer(name: str) -> type[Layer]:
    """The layer of a name; NotFound for whatever is none."""
    if name not in LAYERS:
        raise NotFound
    return LAYERS[name]


def read_tile_address(numbers: Mapping[str, str]) -> Tile:
    """The tile of an address; NotFound for whatever is none."""
    found = [numbers[name] for name in ("z", "x", "y")]
    if not all(_NUMBER.fullmatch(number) for number in found):
        raise NotFound
    try:
        return Tile(*(int(number) for number in found))
    except TileOutOfRange:
        raise NotFound from None


@dataclass(frozen=True, slots=True)
class Tags:
    """What tells one state of a tile from another before any of it is made.

    Whether it is empty is not known then, so the tile has two tags, and an asker who holds
    either of them needs nothing new.
    """

    tiles: Tiles
    tile: Tile

    @property
    def key(self) -> str:
        """The state alone, whatever it turns out to show."""
        return self.tag(empty=False)

    def tag(self, *, empty: bool) -> str:
        tiles, tile = self.tiles, self.tile
        where = (type(tiles).__name__, tiles.city.city_id, tile.z, tile.x, tile.y)
        return tag_of(ENCODER, *where, *tiles.follows_from, *(["empty"] if empty else []))
