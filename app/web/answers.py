"""Answers that carry JSON, and the tags by which an asker knows them again."""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal

import orjson
from fastapi import Request
from starlette.responses import Response

from app.settings import Settings

_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


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
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return Response(json_bytes(document), 200, headers, media_type="application/geo+json")


def tag_of(*parts: object) -> str:
    """An entity tag over whatever the answer depends on; weak, for it may be sent compressed."""
    seed = "\x1f".join(str(part) for part in parts)
    return f'W/"{hashlib.blake2b(seed.encode(), digest_size=12).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the asker already holds the answer of this tag."""
    known = request.headers.get("If-None-Match", "")
    bare = tag.removeprefix("W/")
    return known.strip() == "*" or bare in (
        part.strip().removeprefix("W/") for part in known.split(",")
    )


def not_modified(tag: str, headers: Mapping[str, str]) -> Response:
    return Response(status_code=304, headers={**headers, "ETag": tag})


def public_base(request: Request, settings: Settings) -> str:
    """Where this installation is reached from outside, without a slash at the end."""
    if settings.base_url:
        return settings.base_url.rstrip("/")
    host = request.headers.get("Host", "")
    if not _HOST.fullmatch(host):
        host = "localhost"
    return f"{request.url.scheme}://{host}"


def tagged_answer(request: Request, document: object, *, media_type: str) -> Response:
    """A document with the digest of its bytes as tag: not sent again to whoever holds it."""
    body = json_bytes(document)
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"Cache-Control": "public, no-cache", "ETag": tag, "Vary": "Accept-Language"}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type=media_type)
