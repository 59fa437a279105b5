"""All that is known of an answer with a tile but its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.cities.queries import City
from app.standby import stale_headers
from app.tiles.serving import Tags
from app.web.packing import PLAIN, SMALLEST

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows in one state of its city."""

    city: City
    key: str
    """Of its bytes in the cache."""
    tag: str
    cache_control: str
    media_type: str
    route: str
    """The pattern of the address, for what is counted."""
    is_empty: bool
    may_pack: bool
    """Whether tiles of this kind are sent compressed to those who accept that."""
    packs: bool
    """Whether this one is: it is large enough."""
    as_of: datetime | None = None
    """The state it is of, where the database did not say that this is the last one."""
    heads: dict[tuple[int, str], RawHeaders] = field(default_factory=dict, compare=False)
    """Headers made ready, by status and packing."""

    @classmethod
    def of(cls, tags: Tags, *, is_empty: bool, size: int) -> "Shown":
        """The answer to an address of which only the bytes are still to come."""
        tiles = tags.tiles
        return cls(
            city=tiles.city,
            key=tags.key,
            tag=tags.tag(empty=is_empty),
            cache_control=tiles.cache_control(empty=is_empty),
            media_type=tiles.media_type,
            route=tiles.route,
            is_empty=is_empty,
            may_pack=tiles.packs,
            packs=tiles.packs and size >= SMALLEST,
        )

    def packing(self, accepted: str) -> str:
        """How it is sent to those who like this packing best."""
        return accepted if self.packs else PLAIN

    def packed_key(self, packing: str) -> str:
        """Of its bytes in a packing."""
        return f"{self.key}.{packing}" if packing else self.key

    def headers(self, packing: str = PLAIN) -> Mapping[str, str]:
        """Headers of the answer, whole or not modified; the tag tells no packings apart."""
        named = {"ETag": self.tag, "Cache-Control": self.cache_control}
        if self.as_of is not None:
            named |= stale_headers(self.as_of)
        if self.may_pack:
            named["Vary"] = "Accept-Encoding"
        if packing:
            named["Content-Encoding"] = packing
        return named
