"""quality.md 4: a load of usulan ended half-way leaves nothing, and a second one completes."""

import json
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest
import shapely

from app.areas.service import NewArea, NewEdition, load_edition
from app.cities.service import add_city
from tests.app.command import Installation, installed
from tests.faults.commands import start_peta
from tests.faults.killing import PATIENCE_S, wait_until

pytestmark = pytest.mark.timeout(300)

ROWS = 30_000
UNKNOWN = 3  # rows of a category that nobody knows, for the file of rejects


@pytest.fixture
def place(urls, tmp_path):
    with installed(urls, tmp_path) as found:
        box = shapely.box(110.7, -7.7, 110.9, -7.5)
        area = NewArea(code="33.72", level="kota", parent_code=None, name="Kota", geometry=box)
        with psycopg.connect(urls.staff) as connection:
            add_city(connection, "33.72", "Kota Surakarta")
            load_edition(connection, 3372, NewEdition(name="2025"), [area])
        yield found


@pytest.fixture
def many(place: Installation) -> Path:
    """A list long enough to be caught in the middle."""
    lines = ["source_id,title,problem,category,longitude,latitude"]
    for number in range(ROWS):
        east, north = 110.71 + number % 300 / 2_000, -7.69 + number // 300 / 2_000
        category = "SP01" if number >= UNKNOWN else "XX99"
        words = f"Jalan rusak {number},Jalan berlubang di depan rumah nomor {number}"
        lines.append(f"K{number},{words},{category},{east:.5f},{north:.5f}")
    return place.file("usulan.csv", "\n".join(lines) + "\n")


def loading(place: Installation, path: Path) -> subprocess.Popen[str]:
    command = ("usulan", "load", path, "--city", "33.72", "--json")
    return start_peta(place.urls.superuser, place.folder / "state", *command)


def is_copying(place: Installation) -> bool:
    """Whether a load is past its first rows: histories are copied after the usulan themselves."""
    running = place.rows(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND query LIKE '%COPY peta.usulan_event%' AND pid <> pg_backend_pid()"
    )
    return running != []


def sessions(place: Installation) -> int:
    ((count,),) = place.rows(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return count


def stored(place: Installation) -> dict[str, int]:
    tables = ("usulan", "usulan_event", "proposer")
    return {name: place.rows(f"SELECT count(*) FROM peta.{name}")[0][0] for name in tables}


def end_in_the_middle(place: Installation, path: Path, sent: signal.Signals) -> tuple[int, str]:
    with loading(place, path) as victim:
        wait_until(lambda: is_copying(place))
        victim.send_signal(sent)
        _, told = victim.communicate(timeout=PATIENCE_S)
    wait_until(lambda: sessions(place) == 0)
    return victim.returncode, told


def finished(place: Installation, path: Path) -> dict[str, object]:
    with loading(place, path) as run:
        told, complaints = run.communicate(timeout=200)
    assert run.returncode == 0, complaints
    return json.loads(told.splitlines()[-1])


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_list_whose_load_is_ended_in_the_middle_leaves_nothing(place, many, sent):
    status, told = end_in_the_middle(place, many, sent)

    assert status == (130 if sent is signal.SIGINT else -sent)
    assert "Traceback" not in told
    assert set(stored(place).values()) == {0}
    assert sorted(path.name for path in place.folder.glob("usulan.csv*")) == ["usulan.csv"]
    assert list((place.folder / "state").glob("mappings/*")) == []


def test_the_load_after_a_killed_one_completes_and_doubles_nothing(place, many):
    end_in_the_middle(place, many, signal.SIGKILL)

    second, third = finished(place, many), finished(place, many)

    kept = ROWS - UNKNOWN
    assert (second["created"], second["rejected"]) == (kept, UNKNOWN)
    assert (third["created"], third["unchanged"], third["rejected"]) == (0, kept, UNKNOWN)
    assert place.rows("SELECT count(*), count(DISTINCT source_id) FROM peta.usulan") == [
        (kept, kept)
    ]
    assert place.rows("SELECT count(*) FROM peta.usulan_event") == [(kept,)]
    rejected = many.with_name("usulan.csv.rejected.csv").read_text("utf-8-sig").splitlines()
    assert len(rejected) == 1 + UNKNOWN
