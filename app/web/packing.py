"""Tiles compressed for those who accept it: once, and only where it pays."""

import zlib
from functools import lru_cache

import brotli

SMALLEST = 600
"""Below this many bytes the answer fits one packet of the network anyway."""
_GZIP_LEVEL = 4
_BROTLI_QUALITY = 4
_GZIP_FRAME = 31

# In the order in which we like them.
PACKINGS = ("br", "gzip")
PLAIN = ""


@lru_cache(maxsize=256)
def best_packing(accepted: str) -> str:
    """The packing that suits an `Accept-Encoding`; PLAIN where none does."""
    weights = dict(map(_weight, accepted.lower().split(",")))
    anything = weights.get("*", 0.0)
    known = [name for name in PACKINGS if weights.get(name, anything) > 0]
    return max(known, key=lambda name: weights.get(name, anything), default=PLAIN)


def packed(content: bytes, packing: str) -> bytes:
    """The content compressed, at a level that costs about as much as sending it."""
    if packing == "br":
        return bytes(brotli.compress(content, quality=_BROTLI_QUALITY))
    made = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_FRAME)
    return made.compress(content) + made.flush()


def _weight(wish: str) -> tuple[str, float]:
    name, _, rest = wish.partition(";")
    quality = rest.strip().removeprefix("q=")
    try:
        return name.strip(), float(quality) if rest else 1.0
    except ValueError:
        return name.strip(), 0.0
