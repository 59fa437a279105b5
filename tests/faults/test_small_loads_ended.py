"""Loads of the base map and of people, ended while they write: nothing is left behind."""

import json
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.world import CITY, Spot, spot_point
from tests.faults.commands import start_peta
from tests.faults.killing import PATIENCE_S, wait_until
from tests.faults.test_activation_killed import is_quiet

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

ROADS = 50


def roads() -> str:
    def road(row: int) -> dict:
        ends = spot_point(0.5, row * 0.1 + 0.5), spot_point(9.5, row * 0.1 + 0.5)
        line = {"type": "LineString", "coordinates": [[end.x, end.y] for end in ends]}
        return {"type": "Feature", "properties": {"name": f"Jalan {row}"}, "geometry": line}

    return json.dumps({"type": "FeatureCollection", "features": list(map(road, range(ROADS)))})


def people() -> str:
    codes = sorted({Spot(column, row).rt for column in range(4) for row in range(4)})
    return "\n".join(["kode,penduduk,kk", *(f"{code},321,77" for code in codes)]) + "\n"


LOADS = {
    "base": (("base", "load", "jalan.geojson", "--kind", "road"), roads, "base_feature"),
    "population": (("population", "load", "penduduk.csv"), people, "area"),
}


def peta(urls: DatabaseUrls, folder: Path, arguments: tuple[str, ...]) -> subprocess.Popen[str]:
    options = ("--city", CITY, "--json")
    return start_peta(urls.superuser, folder / "state", *arguments, *options, cwd=folder)


def written(urls: DatabaseUrls) -> tuple[int, int]:
    with psycopg.connect(urls.superuser) as connection:
        return connection.execute(
            "SELECT (SELECT count(*) FROM peta.base_feature),"
            " (SELECT count(*) FROM peta.area WHERE population = 321)"
        ).fetchone()


def is_held_up(urls: DatabaseUrls) -> bool:
    with psycopg.connect(urls.superuser) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock'"
        )
        return found.fetchone() is not None


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("load", LOADS)
def test_a_small_load_that_is_ended_leaves_nothing_and_the_next_completes(
    fresh_urls, tmp_path, load, sent
):
    arguments, content, table = LOADS[load]
    world.settle(fresh_urls)
    (tmp_path / arguments[2]).write_text(content())

    with (
        peta(fresh_urls, tmp_path, arguments) as victim,
        psycopg.connect(fresh_urls.superuser) as other,
    ):
        other.execute(f"LOCK TABLE peta.{table} IN SHARE MODE")
        wait_until(lambda: is_held_up(fresh_urls))
        victim.send_signal(sent)
        _, told = victim.communicate(timeout=PATIENCE_S)
    wait_until(lambda: is_quiet(fresh_urls))

    assert victim.returncode == (130 if sent is signal.SIGINT else -sent)
    assert "Traceback" not in told
    assert sent is signal.SIGKILL or "Dihentikan" in told
    assert written(fresh_urls) == (0, 0)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [arguments[2]]
    with peta(fresh_urls, tmp_path, arguments) as second:
        _, complaints = second.communicate(timeout=200)
    assert second.returncode == 0, complaints
    assert written(fresh_urls) == ((ROADS, 0) if load == "base" else (0, 16))
