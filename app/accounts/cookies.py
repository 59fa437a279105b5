"""The cookie that holds a sign-in, and whether a request came from our own pages."""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from app.accounts.service import LONGEST
from app.errors import NotPermitted
from app.settings import Settings

_NAME, _SAFE_NAME = "peta_masuk", "__Host-peta_masuk"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


def is_encrypted(settings: Settings) -> bool:
    """Whether browsers reach the installation by TLS, and nothing else may carry the cookie."""
    return settings.env == "production" or (settings.base_url or "").startswith("https://")


def held_token(request: Request) -> str | None:
    """The token that the browser sent."""
    return request.cookies.get(_name(request.app.state.settings)) or None


def held_key(request: Request) -> str | None:
    """The key that a program sent as `Authorization: Bearer`; None where nothing like it came."""
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    return told.strip() if kind.lower() == "bearer" else None


def hold(answer: Response, token: str, settings: Settings) -> None:
    """Let the browser keep the token: for no script, for no other site, for our paths alone."""
    answer.set_cookie(
        _name(settings),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=is_encrypted(settings),
        httponly=True,
        samesite="strict",
    )


def drop(answer: Response, settings: Settings) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(
        _name(settings), path="/", secure=is_encrypted(settings), httponly=True, samesite="strict"
    )


def require_own_page(request: Request) -> None:
    """Refuse what another site made a browser send; programs send neither of the two headers."""
    if request.method in _SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    is_own_site = request.headers.get("Sec-Fetch-Site", "none") in _OWN
    if not is_own_site or (origin is not None and origin not in _own_origins(request)):
        raise NotPermitted


def _own_origins(request: Request) -> set[str]:
    """As browsers write them: scheme and host of the installation, and of what was asked."""
    settings: Settings = request.app.state.settings
    base = urlsplit(settings.base_url or "")
    scheme = "https" if is_encrypted(settings) else "http"
    return {f"{scheme}://{request.headers.get('Host', '')}", f"{base.scheme}://{base.netloc}"}


def _name(settings: Settings) -> str:
    return _SAFE_NAME if is_encrypted(settings) else _NAME
