"""The layers there are, by the name in their address. A new one is a class and a line here."""

from collections.abc import Mapping

from app.tiles.areas import AreaTiles
from app.tiles.base import BaseTiles
from app.tiles.layer import Layer
from app.tiles.usulan import UsulanTiles

LAYERS: Mapping[str, type[Layer]] = {
    "usulan": UsulanTiles,
    "areas": AreaTiles,
    "base": BaseTiles,
}
