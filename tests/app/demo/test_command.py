"""What `peta demo load` says and refuses."""

import pytest
import typer
from psycopg import connect, sql

from app.cli.demo import _load
from app.cli.progress import counted
from app.cluster.configuration import SUPERUSER
from app.cluster.revisions import find_revision, newest_revision
from app.cluster.urls import embedded_urls, socket_url
from app.demo.plan import DemoPlan
from tests.app.command import Installation
from tests.databases import drop_database


def test_a_demo_that_is_loaded_already_is_left_alone(demo_urls, capsys):
    facts = _load(demo_urls.owner, DemoPlan(size="small"))

    assert facts == {"city": "99.71", "usulan": 5_000, "added": 0, "seed": 9971}
    assert "tidak ada yang diubah" in capsys.readouterr().err


def test_an_empty_database_gets_its_schema_before_the_demo(
    server, worker_id, tmp_path, monkeypatch
):
    name = f"bare_{worker_id}"
    with connect(socket_url(server.places.socket_dir, "postgres", SUPERUSER)) as connection:
        connection.autocommit = True
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    found = []
    monkeypatch.setattr(
        "app.cli.demo._load",
        lambda url, _plan: found.append(find_revision(url)) or {"usulan": 0, "added": 0},
    )
    bare = Installation(embedded_urls(server.places.socket_dir, name), tmp_path)

    outcome = bare.peta("demo", "load", "--size", "small")
    drop_database(server, name)

    assert (outcome.status, found) == (0, [newest_revision()])


def test_another_seed_is_refused_with_the_way_out(demo_urls, capsys):
    with pytest.raises(typer.Exit) as refusal:
        _load(demo_urls.owner, DemoPlan(size="small", seed=5))

    assert refusal.value.exit_code == 1
    assert "--seed 9971" in capsys.readouterr().err


def test_progress_without_a_terminal_ends_with_a_line_of_rate_and_time(capsys):
    with counted("usulan", total=10, done=4) as progress:
        progress(7)
        progress(10)

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("10 dari 10 usulan, ")
    assert line.endswith("/detik, selesai")
