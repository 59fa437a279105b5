"""Bring a database to the newest schema."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from app.categories_file import CATEGORIES
from app.cluster.revisions import MIGRATIONS
from app.cluster.roles import LOCK_NUMBER, add_schemas, make_database, prepare_external_database
from app.cluster.urls import DatabaseUrls, public_password
from app.settings import Settings
from app.usulan.categories import load_categories


def migrate(urls: DatabaseUrls, settings: Settings) -> None:
    """Roles, extensions, schemas and rights, then every migration that is still missing.

    Two at once wait for each other. Killed at any point it leaves the old schema: the
    migrations are one transaction, and all that precedes them may be repeated.
    """
    if urls.superuser is not None:
        make_database(urls.superuser)
    else:
        prepare_external_database(urls.owner, public_password(settings))
    add_schemas(urls.owner)
    with _engine(urls.owner).begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
        command.upgrade(alembic_config(connection), "head")
        load_categories(connection, CATEGORIES)


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
