"""Addresses of the database, one for each role that connects."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

from app.cluster.configuration import LOADER, OWNER, PUBLIC, STAFF, SUPERUSER
from app.cluster.places import cluster_places
from app.settings import Settings, secret_key

DATABASE = "peta"


@dataclass(frozen=True)
class DatabaseUrls:
    """libpq addresses; `superuser` is None on a server that is not ours.

    `loader` is staff that load files, see `app.usulan.keys`.
    """

    superuser: str | None
    owner: str
    staff: str
    public: str
    loader: str


def database_urls(settings: Settings) -> DatabaseUrls:
    """Where to connect; nothing is started and nobody is asked."""
    if settings.database_url is not None:
        return _external_urls(settings, settings.database_url.get_secret_value())
    return embedded_urls(cluster_places(settings.state_dir).socket_dir, DATABASE)


def embedded_urls(socket_dir: Path, database: str) -> DatabaseUrls:
    return DatabaseUrls(
        superuser=socket_url(socket_dir, database, SUPERUSER),
        owner=socket_url(socket_dir, database, OWNER),
        staff=socket_url(socket_dir, database, STAFF),
        public=socket_url(socket_dir, database, PUBLIC),
        loader=_in_role(socket_url(socket_dir, database, OWNER), LOADER),
    )


def socket_url(socket_dir: Path, database: str, role: str) -> str:
    return f"postgresql://{role}@/{quote(database)}?host={quote(str(socket_dir), safe='')}"


def database_name(url: str) -> str:
    return unquote(urlsplit(url).path.removeprefix("/"))


def with_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database)}"))


def public_password(settings: Settings) -> str:
    """The password of the public role on a server reached by network."""
    return hmac.new(secret_key(settings), PUBLIC.encode(), hashlib.sha256).hexdigest()


def _external_urls(settings: Settings, url: str) -> DatabaseUrls:
    given = settings.public_database_url
    staff = _in_role(url, STAFF)
    return DatabaseUrls(
        superuser=None,
        owner=url,
        staff=staff,
        public=given.get_secret_value() if given else _as_public(settings, url),
        loader=staff,  # only a superuser could give it more
    )


def _as_public(settings: Settings, url: str) -> str:
    parts = urlsplit(url)
    server = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{PUBLIC}:{public_password(settings)}@{server}"))


def _in_role(url: str, role: str) -> str:
    parts = urlsplit(url)
    added = urlencode({"options": f"-c role={role}"}, quote_via=quote)
    return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))
