"""Databases for tests: real PostGIS, made by our own migrations, copied instead of remade."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import connect, sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from app.cluster.account import account_of
from app.cluster.binaries import get_binaries
from app.cluster.configuration import OWNER, SUPERUSER
from app.cluster.locks import exclusive
from app.cluster.migrations import migrate
from app.cluster.places import Places
from app.cluster.roles import prepare_database
from app.cluster.server import Server
from app.cluster.urls import DatabaseUrls, embedded_urls, socket_url
from app.demo.load import load_demo
from app.demo.plan import DemoPlan
from app.settings import Settings

TEMPLATE = "peta_template"
DEMO_TEMPLATE = "peta_demo_template"
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


def ensure_demo_template(server: Server) -> None:
    """Load the small demo city into a template of its own; the first caller does it."""
    places = server.places
    done = places.cluster_dir / "demo.done"
    with exclusive(places.cluster_dir / "demo.lock", places.account, wait_seconds=LOCK_S):
        if not done.exists():
            urls = copy_template(server, DEMO_TEMPLATE)
            with engine_of(urls).begin() as connection:
                load_demo(connection, DemoPlan(size="small"), lambda _done: None)
            done.touch()


def engine_of(urls: DatabaseUrls) -> Engine:
    """The owner's connections to a database, none of which is kept."""
    url = urls.owner.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(url, poolclass=NullPool)


def copy_template(server: Server, name: str, template: str = TEMPLATE) -> DatabaseUrls:
    """Make a database like the template and return its addresses."""
    places = server.places
    # Block by block through the log, which is PostgreSQL's habit, takes four times as long.
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY").format(
        sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)
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
def temporary_database(
    server: Server, name: str, template: str = TEMPLATE
) -> Iterator[DatabaseUrls]:
    yield copy_template(server, name, template)
    drop_database(server, name)


@contextmanager
def temporary_demo(server: Server, name: str) -> Iterator[DatabaseUrls]:
    """A database with the small demo city, which is loaded once for all of a run."""
    ensure_demo_template(server)
    with temporary_database(server, name, DEMO_TEMPLATE) as urls:
        yield urls


def _server_url(server: Server) -> str:
    return socket_url(server.places.socket_dir, "postgres", SUPERUSER)
