"""Answers that carry JSON, and the tags by which an asker knows them again."""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal

import orjson
from fastapi import Request
from starlette.responses import Response

from app.settings import Settings

_LOOPBACK = re.compile(r"(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]{1,5})?")
VARY = "Accept-Language, Host"
"""An answer with addresses in it may differ by the host that was asked."""


def json_bytes(document: object) -> bytes:
    return orjson.dumps(document, default=_plain)


def _plain(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


def json_answer(
    document: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """JSON that may differ by language and is asked for anew each time."""
    named = {"Cache-Control": "no-cache", "Vary": "Accept-Language", **(headers or {})}
    return Response(json_bytes(document), status, named, media_type="application/json")


def geojson_answer(document: object) -> Response:
    headers = {"Cache-Control": "no-cache", "Vary": VARY}
    return Response(json_bytes(document), 200, headers, media_type="application/geo+json")


def tag_of(*parts: object) -> str:
    """An entity tag over whatever the answer depends on; weak, for it may be sent compressed."""
    seed = "\x1f".join(str(part) for part in parts)
    return f'W/"{hashlib.blake2b(seed.encode(), digest_size=12).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the asker already holds the answer of this tag."""
    return is_among(request.headers.get("If-None-Match", ""), tag)


def is_among(known: str, tag: str) -> bool:
    """Whether a tag is one of those in an `If-None-Match`, where `*` means any that there is."""
    return known.strip() == "*" or is_named(known, tag)


def is_named(known: str, tag: str) -> bool:
    """Whether an `If-None-Match` names just this tag."""
    bare = tag.removeprefix("W/")
    return bare in (part.strip().removeprefix("W/") for part in known.split(","))


def not_modified(tag: str, headers: Mapping[str, str]) -> Response:
    return Response(status_code=304, headers={**headers, "ETag": tag})


def chosen_base(request: Request, settings: Settings) -> str:
    """What the addresses in answers start with, without a slash at the end; may be empty.

    Whoever asks writes the Host header, so it is repeated only where it leads the asker to his
    own machine. Elsewhere, and without PETA_BASE_URL, addresses are relative.
    """
    if settings.base_url:
        return settings.base_url.rstrip("/")
    host = request.headers.get("Host", "")
    return f"{request.url.scheme}://{host}" if _LOOPBACK.fullmatch(host) else ""


def absolute_base(request: Request, settings: Settings) -> str:
    """The same where a whole address is required: else that of the socket that was asked."""
    return chosen_base(request, settings) or f"{request.url.scheme}://{_own_address(request)}"


def _own_address(request: Request) -> str:
    host, port = request.scope.get("server") or ("localhost", None)
    named = f"[{host}]" if ":" in host else host
    return f"{named}:{port}" if port else named


def tagged_answer(request: Request, document: object, *, media_type: str) -> Response:
    """A document with the digest of its bytes as tag: not sent again to whoever holds it."""
    body = json_bytes(document)
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"Cache-Control": "public, no-cache", "ETag": tag, "Vary": VARY}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type=media_type)
