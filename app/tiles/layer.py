"""What tiles of every kind answer; one class each, and `app.tiles.layers` lists the layers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import QueryParams

from app.cities.queries import City
from app.resident.shelf import Shelf
from spatial.tiles import Tile

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_YEAR = "public, max-age=31536000"
FOR_AN_HOUR = "public, max-age=3600"
ASK_AGAIN = "public, no-cache"
MVT = "application/vnd.mapbox-vector-tile"


class Asked(NamedTuple):
    """One request for tiles: the transaction it reads in, its city and its parameters."""

    connection: AsyncConnection
    city: City
    parameters: QueryParams
    shelf: Shelf


class Tiles(ABC):
    """Tiles of one city as a request asks for them, with parameters known to be right."""

    route: ClassVar[str]
    """The pattern of their address."""
    media_type: ClassVar[str]
    packs: ClassVar[bool]
    """Whether they grow smaller by compressing."""
    city: City

    @property
    @abstractmethod
    def follows_from(self) -> Sequence[object]:
        """All that their bytes follow from, besides city and address."""

    @abstractmethod
    def cache_control(self, *, empty: bool) -> str:
        """How long a tile may be kept."""


class Pictures(Tiles):
    """Tiles that take time to make rather than a transaction."""

    @abstractmethod
    async def paint(self, tile: Tile) -> bytes:
        """The bytes of a tile; none when it is empty. Whoever asks must hold no connection."""

    @abstractmethod
    async def paint_at_hand(self, tile: Tile) -> bytes | None:
        """The same from memory alone; None where that does not have all that it takes."""


class Layer(Tiles):
    """One layer of vector tiles."""

    route: ClassVar[str] = "/tiles/{layer}/{z}/{x}/{y}.mvt"
    media_type: ClassVar[str] = MVT
    packs: ClassVar[bool] = True
    contents: ClassVar[Sequence[Mapping[str, Any]]]
    """The `vector_layers` of its TileJSON."""

    @classmethod
    @abstractmethod
    async def understand(cls, asked: Asked) -> Self:
        """The layer as asked for; InvalidFields says which parameter names nothing."""

    @classmethod
    def at_hand(cls, city: City, parameters: QueryParams, shelf: Shelf) -> Self | None:  # noqa: ARG003
        """The layer as asked for, if that is understood without the database; else None.

        InvalidFields as `understand`.
        """
        return None

    def draw(self, tile: Tile) -> bytes | None:  # noqa: ARG002
        """The bytes of a tile where no database is needed for them; else None."""
        return None

    def lacks(self, tile: Tile) -> bool:  # noqa: ARG002
        """Whether it is worth while to `gather` what a tile is drawn from."""
        return False

    async def gather(self, tile: Tile) -> None:
        """Have in memory what `draw` needs, if there is room. Who asks must hold no connection."""

    @property
    @abstractmethod
    def carried(self) -> Sequence[tuple[str, str]]:
        """The parameters that its tiles' address repeats."""

    @abstractmethod
    async def read(self, connection: AsyncConnection, tile: Tile) -> bytes:
        """The bytes of a tile; none when it is empty."""


class Kind(Protocol):
    """What understands requests for tiles."""

    async def understand(self, asked: Asked) -> Layer | Pictures:
        """Those that are asked for; InvalidFields says which parameter names nothing."""

    def at_hand(self, city: City, parameters: QueryParams, shelf: Shelf) -> Layer | Pictures | None:
        """The same, if that is understood without the database; else None."""
