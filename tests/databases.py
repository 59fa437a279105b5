"""Databases for tests: real PostGIS, made by our own migrations, copied instead of remade."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import connect, sql

from app.cluster.account import account_of
from app.cluster.binaries import get_binaries
from app.cluster.configuration import OWNER, SUPERUSER
from app.cluster.locks import exclusive
from app.cluster.migrations import migrate
from app.cluster.places import Places
from app.cluster.roles import prepare_database
from app.cluster.server import Server
from app.cluster.urls import DatabaseUrls, embedded_urls, socket_url
from app.settings import Settings

TEMPLATE = "peta_template"
LOCK_S = 600.0
# Only here: a test database may be lost in a power cut, and is twice as quick for it.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def quick_server(folder: Path) -> Server:
    """A server under `folder`, an existing short path; not yet started."""
    cluster_dir = folder / "pg"
    return Server(
        Places(cluster_dir, account_of(cluster_dir / "data")),
        get_binaries(),
        {**FORGETFUL, "max_connections": "200"},
    )


def ensure_template(server: Server, settings: Settings) -> None:
    """Migrate the database that the others are copies of; the first caller does it."""
    places = server.places
    done = places.cluster_dir / "template.done"
    with exclusive(places.cluster_dir / "template.lock", places.account, wait_seconds=LOCK_S):
        if not done.exists():
            migrate(embedded_urls(places.socket_dir, TEMPLATE), settings)
            done.touch()


def copy_template(server: Server, name: str) -> DatabaseUrls:
    """Make a database like the template and return its addresses."""
    places = server.places
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
        sql.Identifier(name), sql.Identifier(TEMPLATE), sql.Identifier(OWNER)
    )
    # PostgreSQL copies a template for one at a time.
    with (
        exclusive(places.cluster_dir / "template.lock", places.account, wait_seconds=LOCK_S),
        connect(_server_url(server), autocommit=True) as connection,
    ):
        connection.execute(statement)
    urls = embedded_urls(places.socket_dir, name)
    with connect(urls.superuser) as connection:
        prepare_database(connection, owner=OWNER)
    return urls


def drop_database(server: Server, name: str) -> None:
    with connect(_server_url(server), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@contextmanager
def temporary_database(server: Server, name: str) -> Iterator[DatabaseUrls]:
    yield copy_template(server, name)
    drop_database(server, name)


def _server_url(server: Server) -> str:
    return socket_url(server.places.socket_dir, "postgres", SUPERUSER)
