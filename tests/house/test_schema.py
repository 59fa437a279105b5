"""The schema keeps the promises that let it grow."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, UniqueConstraint, create_engine, inspect

from app.cluster.migrations import alembic_config
from app.cluster.revisions import newest_revision
from app.models import Base
from tests.app.world import CITY_ID, settle
from tests.house.source import ROOT

# Shared by all cities: a city's own key is what the others point to, and people have no city.
OF_PEOPLE = {"account", "role_grant", "sign_in", "invitation", "attempt", "saved_filter", "api_key"}
OUTBOX = {"notice"}  # work to do, which stays with the installation that does it
REFERENCE_TABLES = {"category", "city", *OF_PEOPLE, *OUTBOX}


def citizen_tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in REFERENCE_TABLES]


def test_city_comes_first_in_every_primary_key():
    others = [
        table.name for table in citizen_tables() if table.primary_key.columns.keys()[0] != "city_id"
    ]

    assert others == []


def test_city_comes_first_in_every_unique_rule():
    others = [
        f"{table.name}: {constraint.name}"
        for table in citizen_tables()
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.columns.keys()[0] != "city_id"
    ] + [
        f"{table.name}: {index.name}"
        for table in citizen_tables()
        for index in table.indexes
        if index.unique and index.columns.keys()[0] != "city_id"
    ]

    assert others == []


def test_every_reference_between_citizen_tables_carries_the_city():
    others = [
        f"{table.name}: {constraint.name}"
        for table in citizen_tables()
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name not in REFERENCE_TABLES
        and constraint.column_keys[0] != "city_id"
    ]

    assert others == []


def test_no_table_has_a_trigger(owner_connection):
    triggers = owner_connection.exec_driver_sql(
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )

    assert triggers.all() == []


def test_models_equal_migrations(owner_connection):
    context = MigrationContext.configure(
        owner_connection,
        opts={
            "include_schemas": True,
            "include_name": lambda name, kind, _: kind != "schema" or name == "peta",
            "include_object": lambda _item, name, *_: name != "alembic_version",
        },
    )

    assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_to_nothing_and_up_again(fresh_urls):
    engine = create_engine(fresh_urls.owner.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        before = _shape(connection)

        _migrate(connection, command.downgrade, "base")
        bare = set(inspect(connection).get_table_names("peta")) - {"alembic_version"}
        views = inspect(connection).get_view_names("map")
        _migrate(connection, command.upgrade, "head")

        assert bare == set()
        assert views == []
        assert _shape(connection) == before
    engine.dispose()


def test_who_keeps_a_city_is_told_that_its_usulan_are_counted_otherwise(fresh_urls):
    settle(fresh_urls)
    engine = create_engine(fresh_urls.owner.replace("postgresql://", "postgresql+psycopg://", 1))
    told = []
    with engine.connect() as connection:
        for step, revision in ((command.downgrade, "0014"), (command.upgrade, "0015")):
            before = _times_told(connection)
            _migrate(connection, step, revision)
            told.append(_times_told(connection) - before)
        _migrate(connection, command.upgrade, "head")
    engine.dispose()

    assert told == [1, 1]


def _times_told(connection: Connection) -> int:
    return connection.exec_driver_sql(
        "SELECT COUNT(*) FROM peta.change"
        f" WHERE city_id = {CITY_ID} AND usulan_id = '00000000-0000-0000-0000-000000000000'"
    ).scalar_one()


def _migrate(connection: Connection, step, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    step(config, revision)
    connection.commit()


def _shape(connection: Connection) -> list[tuple[object, ...]]:
    columns = connection.exec_driver_sql(
        "SELECT table_schema, table_name, column_name, data_type, is_nullable"
        " FROM information_schema.columns WHERE table_schema IN ('peta', 'map')"
        " ORDER BY 1, 2, ordinal_position"
    )
    grants = connection.exec_driver_sql(
        "SELECT table_schema, table_name, grantee, privilege_type"
        " FROM information_schema.role_table_grants WHERE table_schema IN ('peta', 'map')"
        " ORDER BY 1, 2, 3, 4"
    )
    connection.commit()
    return [tuple(row) for row in columns] + [tuple(row) for row in grants]


def test_the_newest_revision_read_from_the_files_is_the_head_that_alembic_knows():
    assert newest_revision() == ScriptDirectory.from_config(alembic_config()).get_current_head()
