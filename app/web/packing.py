"""Answers compressed for those who accept it, where it pays."""

import asyncio
import zlib
from functools import lru_cache

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 600
"""Below this many bytes the answer fits one packet of the network anyway."""
_GZIP_LEVEL = 4
_BROTLI_QUALITY = 5
_GZIP_FRAME = 31
_BLOCK_BYTES = 1 << 14
"""After so many the code of the bytes is made anew: what follows is often of another kind."""
_LONG_WORK = 200_000
_WORDS = ("text/", "application/json", "application/geo+json", "application/problem+json")

# In the order in which we like them.
PACKINGS = ("br", "gzip")
PLAIN = ""


@lru_cache(maxsize=256)
def best_packing(accepted: str) -> str:
    """The packing that suits an `Accept-Encoding` best; PLAIN where none does."""
    weights = dict(map(_weight, accepted.lower().split(",")))
    anything = weights.get("*", 0.0)
    known = [name for name in PACKINGS if weights.get(name, anything) > 0]
    return max(known, key=lambda name: weights.get(name, anything), default=PLAIN)


def packed(content: bytes, packing: str) -> bytes:
    """The content compressed, at a level that costs little more than sending it."""
    if packing == "br":
        return bytes(brotli.compress(content, quality=_BROTLI_QUALITY))
    made = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_FRAME)
    blocks = (
        made.compress(content[start : start + _BLOCK_BYTES]) + made.flush(zlib.Z_BLOCK)
        for start in range(0, len(content), _BLOCK_BYTES)
    )
    return b"".join(blocks) + made.flush()


class Packing:
    """Compresses answers in words that are not compressed yet.

    What nobody may keep (`no-store`) stays as it is: it holds what is between one person and us,
    and its length must not tell what is in it. An answer with a strong tag is known by its bytes
    and stays too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            accepted = Headers(scope=scope).get("Accept-Encoding", "")
            send = _Packer(send, best_packing(accepted)).send
        await self.app(scope, receive, send)


class _Packer:
    """One answer on its way out; its head waits for the first part of its body."""

    def __init__(self, send: Send, packing: str) -> None:
        self._send = send
        self._packing = packing
        self._head: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        head, self._head = self._head, None
        if head is not None:
            if message["type"] == "http.response.body":
                message = await self._pack(head, message)
            await self._send(head)
        await self._send(message)

    async def _pack(self, head: Message, message: Message) -> Message:
        headers, body = MutableHeaders(scope=head), message.get("body", b"")
        if not _may_be_packed(headers) or message.get("more_body") or len(body) < SMALLEST:
            return message
        headers.add_vary_header("Accept-Encoding")
        if not self._packing:
            return message
        small = len(body) < _LONG_WORK
        made = (
            packed(body, self._packing)
            if small
            else await asyncio.to_thread(packed, body, self._packing)
        )
        headers["Content-Encoding"], headers["Content-Length"] = self._packing, str(len(made))
        return {**message, "body": made}


def _may_be_packed(headers: MutableHeaders) -> bool:
    is_in_words = headers.get("Content-Type", "").startswith(_WORDS)
    is_kept = "no-store" not in headers.get("Cache-Control", "")
    is_weak = headers.get("ETag", "W/").startswith("W/")
    return is_in_words and is_kept and is_weak and "Content-Encoding" not in headers


def _weight(wish: str) -> tuple[str, float]:
    name, _, rest = wish.partition(";")
    quality = rest.strip().removeprefix("q=")
    try:
        return name.strip(), float(quality) if rest else 1.0
    except ValueError:
        return name.strip(), 0.0
