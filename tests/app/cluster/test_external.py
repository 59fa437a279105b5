"""A server that is not ours: one role that is no superuser, passwords, PETA_DATABASE_URL."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from app.cluster import DatabaseUrls, database_urls, roles, running_database
from app.cluster.configuration import SUPERUSER
from app.cluster.errors import ClusterRefused
from app.cluster.migrations import migrate
from app.cluster.revisions import find_revision, newest_revision
from app.cluster.rights import find_wrong_rights
from app.cluster.roles import EXTENSIONS
from app.cluster.server import Server
from app.cluster.sharing import running_cluster
from app.cluster.urls import socket_url
from app.settings import Settings
from tests.app.cluster.conftest import short_folder
from tests.databases import quick_server

RULES = "local all postgres peer map=peta\nlocal all all scram-sha-256\n"
ADD_CITY = "INSERT INTO peta.city (city_id, code, name) VALUES (7, '00.07', 'Kota')"


@pytest.fixture(scope="module")
def provider_server() -> Iterator[Server]:
    """The provider's server, one for the file: none of these tests leaves anything in it."""
    with short_folder() as made:
        yield quick_server(made)


@pytest.fixture(scope="module")
def hosted(provider_server: Server) -> Iterator[Settings]:
    """Settings for a database that a provider has made: extensions in, one role to own it."""
    with running_cluster(provider_server) as urls:
        with psycopg.connect(urls.superuser, autocommit=True) as provider:
            provider.execute("CREATE ROLE tenant LOGIN CREATEROLE PASSWORD 'kata sandi@/?'")
            provider.execute("CREATE DATABASE hosted OWNER tenant")
        with psycopg.connect(urls.superuser, dbname="hosted") as provider:
            for extension in EXTENSIONS:
                provider.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
            (provider_server.places.data_dir / "pg_hba.conf").write_text(RULES)
            provider.execute("SELECT pg_reload_conf()")
        socket_dir = provider_server.places.socket_dir
        yield Settings(
            _env_file=None,
            state_dir=provider_server.places.cluster_dir / "var",
            secret_key="for tests only",
            database_url=f"postgresql://tenant:kata%20sandi%40%2F%3F@/hosted?host={socket_dir}",
        )


@pytest.fixture(scope="module")
def hosted_urls(hosted: Settings) -> DatabaseUrls:
    with running_database(hosted) as urls:
        migrate(urls, hosted)
    return urls


def test_a_role_that_is_no_superuser_migrates(hosted_urls):
    assert find_revision(hosted_urls.owner) == newest_revision()


def test_a_second_migration_changes_nothing(hosted, hosted_urls):
    migrate(hosted_urls, hosted)

    assert find_revision(hosted_urls.owner) == newest_revision()


def test_the_application_works_as_staff_and_cannot_alter_history(hosted_urls):
    with psycopg.connect(hosted_urls.staff) as staff:
        staff.execute(ADD_CITY)

        assert staff.execute("SELECT current_user").fetchone() == ("peta_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            staff.execute("DELETE FROM peta.usulan_event")
        staff.rollback()


def test_the_public_role_signs_in_with_the_derived_password_and_reads_views_only(hosted_urls):
    with psycopg.connect(hosted_urls.public) as public:
        assert public.execute("SELECT count(*) FROM map.point").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            public.execute("SELECT count(*) FROM peta.usulan")


def test_the_public_role_cannot_sign_in_with_another_key(hosted, hosted_urls):
    other = hosted.model_copy(update={"secret_key": Settings(secret_key="other").secret_key})

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(database_urls(other).public)


def test_a_public_address_that_was_given_is_used_as_it_is(hosted):
    given = hosted.model_copy(
        update={"public_database_url": Settings(secret_key="postgresql://a@b/c").secret_key}
    )

    assert database_urls(given).public == "postgresql://a@b/c"


def test_a_server_older_than_those_we_know_is_refused(hosted, monkeypatch):
    monkeypatch.setattr(roles, "OLDEST", 99)

    with running_database(hosted) as urls, pytest.raises(ClusterRefused, match="99 atau lebih"):
        migrate(urls, hosted)


def test_who_loads_there_is_staff_and_checks_row_by_row(hosted_urls):
    with psycopg.connect(hosted_urls.loader) as loader:
        assert loader.execute("SELECT current_user").fetchone() == ("peta_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            loader.execute("SET session_replication_role = replica")


def test_staff_that_may_leave_references_unchecked_is_a_wrong_right(provider_server, hosted_urls):
    before = find_wrong_rights(hosted_urls.owner)
    superuser = socket_url(provider_server.places.socket_dir, "hosted", SUPERUSER)
    with psycopg.connect(superuser, autocommit=True) as provider:
        provider.execute("GRANT SET ON PARAMETER session_replication_role TO peta_app")
        found = find_wrong_rights(hosted_urls.owner)
        provider.execute("REVOKE SET ON PARAMETER session_replication_role FROM peta_app")

    assert [*before, "unchecked"] == found
