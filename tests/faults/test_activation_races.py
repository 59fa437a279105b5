"""An activation as the command runs it: broken off by Ctrl-C, and while residents go on sending."""

import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
import shapely

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.editions import reform
from tests.app.serving import serving
from tests.faults.commands import start_peta
from tests.faults.killing import PATIENCE_S, wait_until
from tests.faults.reporters import reporting
from tests.faults.test_activation_killed import is_quiet, state

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

REPORTERS = 4
EDITIONS = (world.EDITION, "2026")
# How the statement of a submission begins: of its text the server shows no more than 1,024 bytes.
SUBMITTING = "WITH sent AS MATERIALIZED"
REPORTS_AROUND = 12  # before the activation begins, and again once it has ended


def peta(urls: DatabaseUrls, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = ("boundaries", *arguments, "--city", world.CITY)
    return start_peta(urls.superuser, folder / "state", *command)


@pytest.fixture
def place(fresh_urls):
    world.settle(fresh_urls)
    world.add(fresh_urls, reform.well_placed(world.random_usulan(random.Random(8), 400)))
    reform.add_edition(fresh_urls, "2026", reform.split_north_west)
    return fresh_urls


@contextmanager
def held_up(urls: DatabaseUrls, table: str, mode: str) -> Iterator[None]:
    """A lock on a table within the block, at which an activation has to wait."""
    with psycopg.connect(urls.superuser) as connection:
        connection.execute(f"LOCK TABLE peta.{table} IN {mode} MODE")
        yield


def is_waiting(urls: DatabaseUrls, words: str) -> bool:
    """Whether a session waits for a lock with these words in its statement."""
    with psycopg.connect(urls.superuser) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND strpos(query, %s) > 0",
            [words],
        )
        return found.fetchone() is not None


@pytest.mark.parametrize(
    ("table", "mode", "words"),
    [
        ("area_crosswalk", "SHARE", "area_crosswalk"),
        ("other_place", "SHARE", "other_place"),
        ("usulan_event", "SHARE", "usulan_event"),
        ("usulan", "ROW EXCLUSIVE", "LOCK TABLE peta.usulan"),
        ("boundary_edition", "SHARE", "boundary_edition"),
    ],
)
def test_ctrl_c_leaves_the_old_edition_whole_and_says_so(place, tmp_path, table, mode, words):
    before = state(place)

    with peta(place, tmp_path, "activate", "2026") as broken_off, held_up(place, table, mode):
        wait_until(lambda: is_waiting(place, words))
        broken_off.send_signal(signal.SIGINT)
        _, told = broken_off.communicate(timeout=PATIENCE_S)

    assert broken_off.returncode == 130
    assert "Dihentikan" in told
    assert "Traceback" not in told
    wait_until(lambda: is_quiet(place))
    assert state(place) == before
    assert reform.activate(place, "2026")["replaced"] > 100


def test_what_residents_send_during_an_activation_is_in_the_new_edition_once(
    settings, place, tmp_path
):
    before = len(reform.usulan_rows(place))

    with (
        serving(settings, place) as http,
        reporting(str(http.base_url), reporters=REPORTERS) as acknowledged,
    ):
        wait_until(lambda: len(acknowledged) >= REPORTS_AROUND)
        with peta(place, tmp_path, "activate", "2026") as activation:
            # Whoever sends now was placed in the old edition and is stored after the new one.
            with held_up(place, "usulan", "ROW EXCLUSIVE"):
                wait_until(lambda: is_waiting(place, "LOCK TABLE peta.usulan"))
                wait_until(lambda: is_waiting(place, SUBMITTING))
            _, told = activation.communicate(timeout=PATIENCE_S)
        sent_by_then = len(acknowledged)
        wait_until(lambda: len(acknowledged) >= sent_by_then + REPORTS_AROUND)

    assert activation.returncode == 0, told
    assert_each_is_there_once(place, acknowledged, before=before)
    with peta(place, tmp_path, "check") as check:
        found, _ = check.communicate(timeout=PATIENCE_S)
    assert check.returncode == 0, found
    with serving(settings, place) as http:
        assert_totals_agree(http)


def assert_each_is_there_once(urls: DatabaseUrls, acknowledged: dict, *, before: int) -> None:
    """Every acknowledged report, in the new edition, where that one would place it."""
    rows = reform.usulan_rows(urls)
    edition_id, index = reform.index_of(urls, "2026")
    sent = {row["title"]: row for row in rows if row["title"] in acknowledged}
    # Of reporters who were told to stop, the last report may be stored and unanswered.
    assert before + len(acknowledged) <= len(rows) <= before + len(acknowledged) + REPORTERS
    assert len({row["title"] for row in rows if "dari warga" in row["title"]}) == (
        len(rows) - before
    )
    assert {title: row["number"] for title, row in sent.items()} == acknowledged
    assert {row["edition_id"] for row in sent.values()} == {edition_id}
    wrong = [
        row["number"]
        for row in sent.values()
        if index.place(shapely.from_wkb(row["shape"])).chain[-1] != row["area_code"]
    ]
    assert wrong == []


def assert_totals_agree(http: httpx.Client) -> None:
    listed = http.get("/api/v1/usulan?limit=1").json()["numberMatched"]
    for edition in EDITIONS:
        for level in ("kecamatan", "kelurahan", "rw", "rt"):
            found = http.get("/api/v1/stats", params={"level": level, "edition": edition}).json()
            counted = sum(row["count"] for row in found["rows"])
            assert counted + found["unassigned"] == found["numberMatched"] == listed
