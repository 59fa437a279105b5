"""Headers that every answer carries: what a page may load, and from where."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings

_PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
_YEAR_S = 31_536_000
_TRACKING = ("/api/v1/tracking/", "/lacak/")
# Whatever is answered there, a refusal too, names its code to nobody and is kept by nobody.
_UNKEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def security_headers(settings: Settings) -> Mapping[str, str]:
    """The headers of one installation; a base map of its own adds its origin and no other."""
    headers = {
        "Content-Security-Policy": _content_policy(_origin(settings.basemap_url)),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": _PERMISSIONS,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    if (settings.base_url or "").startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
    return headers


def _content_policy(basemap_origin: str) -> str:
    basemap = f" {basemap_origin}" if basemap_origin else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: blob:{basemap}",
            f"connect-src 'self'{basemap}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _origin(address: str | None) -> str:
    parts = urlsplit(address or "")
    # `https://{s}.tile.example` asks several hosts; the policy's wildcard means the same.
    host = parts.netloc.replace("{s}", "*")
    return f"{parts.scheme}://{host}" if parts.scheme in ("http", "https") and host else ""


def raw_headers(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as they go over the wire."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


class SecurityHeaders:
    """Adds the headers to whatever is answered; a header that is there already stays."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.always = raw_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                if scope["path"].startswith(_TRACKING):
                    MutableHeaders(scope=message).update(_UNKEPT)
                there = {name for name, _ in message["headers"]}
                missing = [header for header in self.always if header[0] not in there]
                message = {**message, "headers": [*message["headers"], *missing]}
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
