"""A load of boundaries killed half-way leaves nothing, and a second one completes."""

import json
import signal
import subprocess
from pathlib import Path

import pytest
import shapely

from tests.app.command import Installation, installed
from tests.faults.commands import start_peta
from tests.faults.killing import PATIENCE_S, wait_until

pytestmark = pytest.mark.timeout(300)

ROWS = 3_000
STORING = "menyimpan wilayah"


@pytest.fixture
def place(urls, tmp_path):
    with installed(urls, tmp_path) as found:
        assert found.peta("city", "add", "33.72", "Kota Surakarta").status == 0
        yield found


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """As many RW as a province has, 60 in a row."""
    features = []
    for number in range(ROWS):
        column, row = number % 60, number // 60
        west, south = 110.7 + column * 0.002, -7.6 + row * 0.002
        shape = shapely.box(west, south, west + 0.002, south + 0.002)
        code = f"33.72.01.{1001 + number // 900}-{number % 900 + 1:03d}"
        geometry = json.loads(shapely.to_geojson(shape))
        features.append({"type": "Feature", "properties": {"kode": code}, "geometry": geometry})
    path = tmp_path / "rw.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def loading(place: Installation, path: Path) -> subprocess.Popen[str]:
    options = ("--city", "33.72", "--level", "rw", "--edition", "2025")
    command = ("boundaries", "load", path, *options, "--report", path.with_suffix(".html"))
    return start_peta(place.urls.superuser, place.folder / "state", *command)


def is_storing(place: Installation) -> bool:
    running = place.rows(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND query LIKE '%INSERT INTO peta.area%' AND pid <> pg_backend_pid()"
    )
    return running != []


def sessions(place: Installation) -> int:
    ((count,),) = place.rows(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return count


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_load_that_is_ended_while_it_stores_leaves_nothing(place, many, sent):
    with loading(place, many) as victim:
        wait_until(lambda: is_storing(place))
        victim.send_signal(sent)
        victim.communicate(timeout=PATIENCE_S)

    assert victim.returncode != 0
    wait_until(lambda: sessions(place) == 0)
    assert place.rows("SELECT 1 FROM peta.area LIMIT 1") == []
    assert place.rows("SELECT 1 FROM peta.boundary_edition") == []
    assert not many.with_suffix(".html").exists()


def test_a_load_that_is_ended_while_it_reads_leaves_no_process(place, many):
    with loading(place, many) as victim:
        wait_until(lambda: readers_of(victim.pid) != [])
        begun = readers_of(victim.pid)
        victim.send_signal(signal.SIGINT)
        victim.communicate(timeout=PATIENCE_S)

    assert victim.returncode == 130
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in begun))
    assert place.rows("SELECT 1 FROM peta.area LIMIT 1") == []


def readers_of(parent: int) -> list[int]:
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in path.read_text().split()] if path.exists() else []


def test_the_load_after_a_killed_one_completes(place, many):
    with loading(place, many) as victim:
        wait_until(lambda: is_storing(place))
        victim.kill()
        victim.communicate(timeout=PATIENCE_S)

    with loading(place, many) as second:
        _, told = second.communicate(timeout=200)

    assert second.returncode == 0
    assert STORING in told
    assert "/detik, " in told  # what is left is told of slower ones, see test_progress
    assert place.rows("SELECT count(*) FROM peta.area WHERE level = 'rw'") == [(ROWS,)]
    assert many.with_suffix(".html").exists()
