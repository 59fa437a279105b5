"""The public database role reads the views of schema map, and nothing else."""

import psycopg
import pytest
from psycopg import sql

from app.cluster.configuration import SERVER_SETTINGS
from app.cluster.urls import with_database
from app.views import point

# No right, read-only, no such act on a view, no transaction to lock in.
NOT_ALLOWED = {"42501", "25006", "42809", "55000", "25P01"}
PUBLIC_VIEWS = {
    "city", "category", "edition", "area", "base", "point", "event", "other_place", "counterpart",
    "planning_year", "source", "change", "change_txid", "resident", "outline",
}  # fmt: skip


@pytest.fixture(scope="module")
def relations(town) -> list[tuple[str, str]]:
    """Every table and view of ours, as the superuser sees them."""
    with psycopg.connect(town.superuser) as connection:
        return connection.execute(
            "SELECT nspname, relname FROM pg_class"
            " INNER JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname IN ('peta', 'map') AND relkind IN ('r', 'v', 'm', 'p', 'f')"
            " ORDER BY 1, 2"
        ).fetchall()


@pytest.fixture
def staff(town):
    with psycopg.connect(town.staff, autocommit=True) as connection:
        yield connection


@pytest.fixture
def public(town):
    with psycopg.connect(town.public, autocommit=True) as connection:
        yield connection


def may(connection, statement: sql.Composable) -> bool:
    try:
        connection.execute(statement)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction):
        return False
    return True


def test_the_public_role_reads_the_views_and_no_table(public, relations):
    readable = {
        (schema, name)
        for schema, name in relations
        if may(public, sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(schema, name)))
    }

    assert readable == {("map", name) for name in PUBLIC_VIEWS}
    assert len(relations) > len(PUBLIC_VIEWS) + 8


def test_the_view_behind_the_points_is_closed_to_it(public, relations):
    assert ("map", "usulan_place") in relations
    assert not may(public, sql.SQL("SELECT lineage_id FROM map.usulan_place LIMIT 0"))


@pytest.mark.parametrize("begin", ["", "SET default_transaction_read_only = off"])
def test_it_changes_nothing_even_when_it_leaves_read_only(public, relations, begin):
    if begin:
        public.execute(begin)
    statements = ("DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}", "LOCK TABLE {}")

    for schema, name in relations:
        for statement in statements:
            with pytest.raises(psycopg.Error) as refused:
                public.execute(sql.SQL(statement).format(sql.Identifier(schema, name)))
            assert refused.value.sqlstate in NOT_ALLOWED, (name, statement)


def test_it_makes_nothing_of_its_own(public):
    public.execute("SET default_transaction_read_only = off")

    for schema in ("public", "map", "peta"):
        table = sql.Identifier(schema, "mine")
        assert not may(public, sql.SQL("CREATE TABLE {} (one integer)").format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE mine (one integer)",
        "SELECT 1 AS one INTO TEMPORARY mine",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, repeat('x', 1000)::bytea)",
        "SELECT lo_put(1, 0, 'x')",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION map.mine() RETURNS integer LANGUAGE sql RETURN 1",
        "CREATE EXTENSION dblink",
        "SET temp_file_limit = -1",
        "ALTER ROLE peta_public CONNECTION LIMIT -1",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'peta_app'",
    ],
)
def test_it_leaves_nothing_on_the_disk_and_unbinds_itself_from_nothing(public, staff, statement):
    public.execute("SET default_transaction_read_only = off")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute(statement)

    assert staff.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("role", ["public", "staff", "owner"])
@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_the_roles_enter_no_database_but_their_own(town, role, database):
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(with_database(getattr(town, role), database))


def test_its_connections_leave_room_for_the_others(public, town):
    with psycopg.connect(town.superuser) as connection:
        row = connection.execute(
            "SELECT rolconnlimit, rolconfig FROM pg_roles WHERE rolname = 'peta_public'"
        ).fetchone()

    limit, configured = row
    assert 0 < limit < int(SERVER_SETTINGS["max_connections"])
    assert "temp_file_limit=1GB" in configured
    assert public.execute("SHOW temp_file_limit").fetchone() == ("1GB",)


def test_it_becomes_no_other_role(public):
    for role in ("peta_owner", "peta_app", "postgres"):
        assert not may(public, sql.SQL("SET ROLE {}").format(sql.Identifier(role)))


def test_it_reads_no_file_and_runs_no_program(public):
    for statement in (
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
    ):
        assert not may(public, sql.SQL(statement)), statement


def test_the_points_have_no_column_for_what_is_private(town):
    private = {
        "name", "phone", "email", "tracking_hash", "tracking_code", "declared_area", "geom",
        "usulan_id", "accuracy_m", "source_id", "doubts", "area_code", "lineage_id", "continues_id",
    }  # fmt: skip
    with psycopg.connect(town.staff) as connection:
        columns = {
            row[0]
            for row in connection.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_schema = 'map' AND table_name = 'point'"
            )
        }

    assert columns.isdisjoint(private)
    assert set(point.columns.keys()) <= columns


def test_the_application_cannot_change_history(town):
    with psycopg.connect(town.staff, autocommit=True) as staff:
        for statement in (
            "UPDATE peta.usulan_event SET kind = ''",
            "DELETE FROM peta.usulan_event",
        ):
            assert not may(staff, sql.SQL(statement)), statement
