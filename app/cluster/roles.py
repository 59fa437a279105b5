"""Roles, the database, its extensions and what each role may do before any table exists.

Every statement may be repeated: this runs at each start and before each migration.
"""

from typing import LiteralString

from psycopg import Connection, connect, sql

from app.cluster.configuration import LOADER, OWNER, PUBLIC, STAFF
from app.cluster.errors import ClusterRefused
from app.cluster.urls import database_name, with_database

EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")
SCHEMAS = ("peta", "map")
PUBLIC_CONNECTIONS = 90
LARGE_OBJECT_FUNCTIONS: tuple[LiteralString, ...] = (
    "lo_creat(integer)",
    "lo_create(oid)",
    "lo_from_bytea(oid, bytea)",
    "lo_open(oid, integer)",
    "lo_put(oid, bigint, bytea)",
    "lo_truncate(integer, integer)",
    "lo_truncate64(integer, bigint)",
    "lo_unlink(oid)",
    "lowrite(integer, bytea)",
)
OLDEST = 15
"""Version of PostgreSQL."""
LOCK_NUMBER = 99_71_2026  # any number of our own: changes of one database take turns by it


def make_database(superuser_url: str) -> None:
    """Make the roles, the database named in the address, and what must be in it."""
    name = database_name(superuser_url)
    with connect(with_database(superuser_url, "postgres"), autocommit=True) as server:
        # Also waits for a killed predecessor, whose last statement the server still carries out.
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        for role in (OWNER, STAFF, PUBLIC):
            _add_role(server, role)
        _add_loader(server)
        if not _database_exists(server, name):
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )
        _close_other_databases(server, name)
        _limit_public(server)
    with connect(superuser_url) as database:
        prepare_database(database, owner=OWNER)
        _close_large_objects(database)


def prepare_database(database: Connection, *, owner: str) -> None:
    """Extensions, and the rights on the database that CREATE DATABASE ... TEMPLATE leaves out."""
    _take_turn(database)
    for extension in EXTENSIONS:
        _add_extension(database, extension)
    name = sql.Identifier(database.info.dbname)
    database.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    database.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    database.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}, {}").format(
            name, sql.Identifier(owner), sql.Identifier(STAFF), sql.Identifier(PUBLIC)
        )
    )


def prepare_external_database(owner_url: str, public_password: str) -> None:
    """The same on a server that is not ours, as far as the given role may.

    Raises ClusterRefused for a server older than those we know.
    """
    with connect(owner_url) as database:
        _refuse_older(database)
        _take_turn(database)
        for role in (STAFF, PUBLIC):
            _add_role(database, role)
        database.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(PUBLIC), sql.Literal(public_password)
            )
        )
        database.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(STAFF)))
        prepare_database(database, owner=database.info.user)


def _refuse_older(database: Connection) -> None:
    if database.info.server_version < OLDEST * 10_000:
        version = database.info.parameter_status("server_version")
        raise ClusterRefused(
            f"PETA_DATABASE_URL menunjuk PostgreSQL {version}; yang diperlukan {OLDEST} atau lebih"
            " baru."
        )


def add_schemas(owner_url: str) -> None:
    with connect(owner_url) as database:
        _take_turn(database)
        for schema in SCHEMAS:
            database.execute(
                sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema))
            )


def _take_turn(database: Connection) -> None:
    """Keep other changes of this database waiting until the transaction ends."""
    database.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_NUMBER])


def _add_role(server: Connection, role: str) -> None:
    name = sql.Identifier(role)
    if not _role_exists(server, role):
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    if role == PUBLIC:
        server.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(name))
        server.execute(sql.SQL("ALTER ROLE {} SET statement_timeout = '5s'").format(name))


def _add_loader(server: Connection) -> None:
    """Staff that may check the references of many rows at once; only the owner can put it on."""
    loader, staff, owner = map(sql.Identifier, (LOADER, STAFF, OWNER))
    if not _role_exists(server, LOADER):
        server.execute(sql.SQL("CREATE ROLE {}").format(loader))
    server.execute(sql.SQL("GRANT {} TO {}").format(staff, loader))
    server.execute(sql.SQL("GRANT {} TO {}").format(loader, owner))
    right = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}")
    server.execute(right.format(loader))


def _close_other_databases(server: Connection, name: str) -> None:
    """Keep our roles out of the databases that come with a cluster of our own."""
    for other in ("postgres", "template1"):
        if other != name:
            server.execute(
                sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(other))
            )


def _close_large_objects(database: Connection) -> None:
    """Take from all but the superuser what could fill the disk unseen; nothing of ours uses it."""
    for signature in LARGE_OBJECT_FUNCTIONS:
        database.execute(
            sql.SQL("REVOKE EXECUTE ON FUNCTION pg_catalog.{} FROM PUBLIC").format(
                sql.SQL(signature)
            )
        )


def _limit_public(server: Connection) -> None:
    """What the public role cannot set for itself: it leaves room for others."""
    name = sql.Identifier(PUBLIC)
    server.execute(
        sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(name, sql.Literal(PUBLIC_CONNECTIONS))
    )
    server.execute(sql.SQL("ALTER ROLE {} SET temp_file_limit = '1GB'").format(name))


def _role_exists(server: Connection, role: str) -> bool:
    found = server.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    return found is not None


def _database_exists(server: Connection, name: str) -> bool:
    found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def _add_extension(database: Connection, extension: str) -> None:
    """Make it, or bring it to the installed version after an upgrade of the packages."""
    name = sql.Identifier(extension)
    row = database.execute(
        """
        SELECT installed_version, default_version
        FROM pg_available_extensions
        WHERE name = %s
        """,
        [extension],
    ).fetchone()
    installed, available = row or (None, None)
    if installed is None:
        database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(name))
    elif installed != available:
        database.execute(sql.SQL("ALTER EXTENSION {} UPDATE").format(name))
