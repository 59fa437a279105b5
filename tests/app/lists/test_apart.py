"""A generator in a process of its own gives what it would give here, and ends when it has to."""

import os
import signal
from multiprocessing import active_children

import psycopg
import pytest

from app.lists import file
from app.lists.apart import EndedApart, Later, apart
from app.lists.reasons import Reason, RowRejected
from app.lists.refused import ListRefused
from app.sheets.flaws import SheetFlaw, SheetRefused
from spatial.boundaries.flaws import FileFlaw, FileRefused
from tests.app.lists.loading import INSIDE, PROBLEM, load, rejects

REPORTED = (
    "SELECT source_id, title, year, category, number IS NOT NULL, kelurahan, status, doubts,"
    " source_digest, created FROM peta.usulan ORDER BY source_id"
)
TOLD = "SELECT sequence, kind, to_status, details FROM peta.usulan_event ORDER BY 4, 2, 1"
ERRORS = (
    SheetRefused(SheetFlaw.BAD_TEXT, "baris 3"),
    FileRefused(FileFlaw.DAMAGED, "layer 2"),
    RowRejected(Reason.CATEGORY, "tidak dikenal", word="jalan"),
    ListRefused("tidak ada baris", {"read": 3}),
    OSError(28, "No space left on device", "daftar.csv"),
    psycopg.OperationalError("gone"),
)


def counting(most, error=None):
    for number in range(most):
        yield number, Later([number] * 3)
    if error is not None:
        raise error
    return os.getpid()


def taken(items):
    found = []
    while True:
        try:
            found.append(next(items))
        except StopIteration as end:
            return found, end.value


def test_all_items_come_in_order_and_the_result_behind_them():
    with apart(lambda: counting(300)) as items:
        found, worker = taken(items)

    assert [number for number, _ in found] == list(range(300))
    assert [later() for _, later in found] == [[number] * 3 for number in range(300)]
    assert worker != os.getpid()
    assert active_children() == []


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_arrives_whole_after_the_items_before_it(error):
    with apart(lambda: counting(2, error)) as items:
        assert [next(items)[0], next(items)[0]] == [0, 1]
        with pytest.raises(type(error)) as raised:
            next(items)

    assert str(raised.value) == str(error)
    assert {**vars(error), "__notes__": raised.value.__notes__} == vars(raised.value)
    assert "in counting" in raised.value.__notes__[0]


def test_whoever_breaks_off_leaves_no_process_behind():
    with apart(lambda: counting(10**9)) as items:
        next(items)
        (worker,) = active_children()

    assert active_children() == []
    assert worker.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("size", [1, 10**7])
def test_a_killed_process_is_told_from_one_that_is_done(size):
    with apart(lambda: (bytes(size) for _ in range(10**9))) as items:
        next(items)
        (worker,) = active_children()
        os.kill(worker.pid, signal.SIGKILL)

        with pytest.raises(EndedApart):
            taken(items)


def test_a_process_that_cannot_be_made_is_told(monkeypatch):
    def refuse():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)

    with pytest.raises(EndedApart), apart(lambda: counting(3)):
        pass


def test_ctrl_c_in_the_terminal_is_for_us_alone():
    with apart(lambda: counting(20_000)) as items:
        next(items)
        (worker,) = active_children()
        os.kill(worker.pid, signal.SIGINT)

        assert len(taken(items)[0]) == 20_000 - 1


def test_a_list_prepared_apart_is_stored_and_reported_as_one_prepared_here(city, monkeypatch):
    lines = [
        f"K1,Jalan rusak,{PROBLEM},SP01,{INSIDE},,",
        f"K2,Got mampet,{PROBLEM},XX99,{INSIDE},,",
        f"K3,Got mampet,{PROBLEM},SP03,110.9,-7.9,,",
        f"K4,Lampu mati,{PROBLEM},SP01,{INSIDE},verifikasi_kel,",
        f"K5,Lampu mati,{PROBLEM},SP01,,,,kelurahan 1002",
        f"K1,Jalan lain,{PROBLEM},SP01,{INSIDE},,",
        f"K6,Jalan rusak,{PROBLEM},SP01,{INSIDE},,",
        f"K6,Jalan rusak,{PROBLEM},SP01,{INSIDE},,",
    ]
    header = "source_id,title,problem,category,longitude,latitude,status,place"
    more = [f"L{n},Jalan nomor {n},{PROBLEM},SP01,{INSIDE},," for n in range(40)]
    lines = [f"{line},2026-01-02" for line in (*lines, *more)]
    outcomes = []
    for least in (10**9, -1):
        monkeypatch.setattr(file, "_WORTH_A_PROCESS", least)

        first = load(city, *lines, header=f"{header},created_at")
        again = load(city, *lines[::-1], header=f"{header},created_at")

        told = first.report, again.report, rejects(city)
        outcomes.append((*told, city.rows(REPORTED), city.rows(TOLD)))
        with psycopg.connect(city.urls.superuser) as connection:
            connection.execute("TRUNCATE peta.usulan CASCADE")

    here, there = outcomes
    assert here[0]["created"] > 40
    assert here[0]["rejected"] == 3
    assert here == there
