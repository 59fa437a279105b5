from dataclasses import replace

import psycopg
import pytest

from app.cluster.binaries import Binaries, get_binaries
from app.cluster.sharing import running_cluster


def test_a_server_packs_its_log_by_lz4_where_it_knows_how(own_server):
    with running_cluster(own_server) as urls, psycopg.connect(urls.staff) as connection:
        setting, known = connection.execute(
            "SELECT setting, enumvals FROM pg_settings WHERE name = 'wal_compression'"
        ).fetchone()

    assert (setting == "lz4") == ("lz4" in known)


@pytest.mark.parametrize("configured", ["", "'--with-openssl'"])
def test_a_server_without_lz4_is_not_asked_for_it(tmp_path, configured):
    program = tmp_path / "pg_config"
    program.write_text(f'#!/bin/sh\necho "{configured}"\n')
    program.chmod(0o755)

    assert Binaries(tmp_path, 15).settings() == {}


def test_a_server_older_than_lz4_in_logs_is_not_asked_for_it():
    assert replace(get_binaries(), major=14).settings() == {}


def test_an_installation_that_cannot_be_asked_is_taken_as_the_plainest(tmp_path):
    assert Binaries(tmp_path, 15).settings() == {}
