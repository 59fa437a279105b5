import multiprocessing
import os
import pwd
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from app.cluster import sharing
from app.cluster.configuration import SUPERUSER
from app.cluster.errors import ClusterInUse, ClusterNotReady
from app.cluster.locks import exclusive
from app.cluster.processes import find_postmaster, is_in_use
from app.cluster.server import CALM_STOP_SECONDS, FAST_STOP_SECONDS, RECOVERY_SECONDS, Server
from app.cluster.sharing import running_cluster, start_to_stay, stop_and_release
from app.cluster.urls import socket_url
from tests.databases import quick_server
from tests.faults.killing import signal_postgres, wait_until

NEVER_S = 900.0
FORK = multiprocessing.get_context("fork")


def ignore(_line: str) -> None:
    """Say nothing."""


def test_the_last_to_leave_stops_the_cluster(own_server):
    with running_cluster(own_server):
        with running_cluster(own_server):
            pass
        running_after_first = own_server.is_running()

    assert running_after_first
    assert not own_server.is_running()


def test_two_who_start_at_once_share_one_server(own_server):
    postmasters = []
    both_in = threading.Barrier(2)

    def start() -> None:
        with running_cluster(own_server) as urls:
            with psycopg.connect(urls.owner) as connection:
                connection.execute("SELECT 1")
            postmasters.append((own_server.places.data_dir / "postmaster.pid").read_text())
            both_in.wait(100)

    starters = [threading.Thread(target=start) for _ in range(2)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join(100)

    assert len(postmasters) == 2
    assert postmasters[0] == postmasters[1]
    assert not own_server.is_running()


def test_a_cluster_started_to_stay_outlives_its_users(own_server):
    start_to_stay(own_server, ignore)

    with running_cluster(own_server):
        pass

    assert own_server.is_running()
    stop_and_release(own_server)
    assert not own_server.is_running()


def test_the_making_of_a_cluster_takes_nothing_from_the_time_to_start_it(own_server, monkeypatch):
    """Where the disk is busy with more it takes longer than the start may."""
    monkeypatch.setattr("app.cluster.server.START_SECONDS", 3.0)
    make = Server._initialise

    def make_slowly(self: Server, report) -> None:
        make(self, report)
        time.sleep(3.1)

    monkeypatch.setattr(Server, "_initialise", make_slowly)

    own_server.start(ignore)

    assert own_server.is_running()


def test_a_server_that_runs_but_is_not_ready_is_waited_for_and_that_is_told(
    own_server, monkeypatch
):
    own_server.start(ignore)
    data_dir, told = own_server.places.data_dir, []
    monkeypatch.setattr("app.cluster.server.START_SECONDS", 0.2)
    signal_postgres(data_dir, signal.SIGSTOP)

    def hear(line: str) -> None:
        told.append(line)
        signal_postgres(data_dir, signal.SIGCONT)

    own_server.start(hear)

    assert "belum siap" in told[0]
    assert len(told) == 1


def test_a_postgres_that_ends_at_once_is_tried_ever_less_often(own_server, monkeypatch):
    monkeypatch.setattr("app.cluster.server.START_SECONDS", 3.0)
    broken = replace(own_server, settings={**own_server.settings, "shared_buffers": "penuh"})

    with pytest.raises(ClusterNotReady, match="tidak menyala"):
        broken.start(ignore)

    tries = own_server.places.log_file.read_text().count("FATAL")
    # Pauses of 0.05, 0.1, 0.2, 0.4, 0.8 and 1.6 s, and what each try takes.
    assert 2 <= tries <= 7


@pytest.fixture
def slow_to_write(own_server, monkeypatch):
    """A function after which the last checkpoint of a started server takes some time."""
    monkeypatch.setattr("app.cluster.sharing.FAST_STOP_SECONDS", 0.2)
    wakings = []

    def slow_down(seconds: float = 1.5) -> None:
        with psycopg.connect(own_server_url(own_server)) as connection:
            row = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
            ).fetchone()
        os.kill(row[0], signal.SIGSTOP)
        wakings.append(threading.Timer(seconds, os.kill, (row[0], signal.SIGCONT)))
        wakings[-1].start()

    yield slow_down
    for waking in wakings:
        waking.cancel()


def own_server_url(server: Server) -> str:
    return socket_url(server.places.socket_dir, "postgres", SUPERUSER)


def test_who_has_done_its_work_lets_the_cluster_write_all_it_has_to(own_server, slow_to_write):
    with running_cluster(own_server):
        slow_to_write()

    assert not own_server.is_running()
    told = own_server.places.log_file.read_text()
    assert "received immediate shutdown" not in told
    assert "database system is shut down" in told


def test_who_is_broken_off_does_not_wait_for_the_cluster_to_write(own_server, slow_to_write):
    with suppress(KeyboardInterrupt), running_cluster(own_server):
        slow_to_write(NEVER_S)
        raise KeyboardInterrupt

    assert "received immediate shutdown" in own_server.places.log_file.read_text()


def test_ctrl_c_in_a_stop_that_would_not_end_ends_it(own_server, slow_to_write, monkeypatch):
    monkeypatch.setattr(sharing, "TELL_SECONDS", 0.2)
    pressed = []

    def press_when_told(line: str) -> None:
        if "Ctrl-C" in line:
            pressed.append(True)
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt), running_cluster(own_server, press_when_told):
        slow_to_write(NEVER_S)

    assert pressed == [True]
    assert "received immediate shutdown" in own_server.places.log_file.read_text()


def test_a_stop_lasts_until_the_process_is_gone_and_not_only_its_file(own_server):
    own_server.start(ignore)
    data_dir = own_server.places.data_dir
    postmaster = find_postmaster(data_dir)
    os.kill(postmaster, signal.SIGSTOP)
    wait_until(lambda: told_of(postmaster, "State").startswith("T"))
    with ThreadPoolExecutor(1) as hand:
        stopping = hand.submit(own_server.stop, within_s=60.0)
        wait_until(lambda: is_pending(postmaster, signal.SIGINT))

        (data_dir / "postmaster.pid").unlink()  # as it does itself before it ends

        with pytest.raises(TimeoutError):
            stopping.result(0.5)
        os.kill(postmaster, signal.SIGCONT)
    assert not is_in_use(data_dir)


def is_pending(pid: int, number: signal.Signals) -> bool:
    """Whether the signal has been sent to a process that is halted."""
    return bool(int(told_of(pid, "ShdPnd"), 16) >> (number - 1) & 1)


def told_of(pid: int, name: str) -> str:
    """What the kernel says of a process under this name."""
    return Path(f"/proc/{pid}/status").read_text().partition(f"\n{name}:")[2].split()[0]


def test_who_waits_for_another_start_or_stop_is_told(own_server, monkeypatch):
    monkeypatch.setattr(sharing, "TELL_SECONDS", 0.2)
    places, told = own_server.places, []
    sharing.make_folders(places)
    with ExitStack() as other:
        other.enter_context(exclusive(places.start_lock, places.account, wait_seconds=1))

        def hear(line: str) -> None:
            told.append(line)
            other.close()

        with running_cluster(own_server, hear):
            running = own_server.is_running()

    assert running
    assert "menunggu" in told[0].lower()


def test_who_waits_for_another_start_or_stop_waits_as_long_as_it_may_take():
    longest_s = max(RECOVERY_SECONDS, CALM_STOP_SECONDS + FAST_STOP_SECONDS)

    assert longest_s < sharing.LOCK_SECONDS


def test_who_is_broken_off_waits_for_less_than_ten_seconds_before_it_uses_force():
    assert sharing.PARTING_SECONDS + FAST_STOP_SECONDS < 10


def test_a_cluster_in_use_is_not_stopped_under_its_users(own_server):
    with running_cluster(own_server) as urls:
        with pytest.raises(ClusterInUse):
            stop_and_release(own_server)

        with psycopg.connect(urls.staff) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_wish_to_stay_ends_when_the_server_died_meanwhile(own_server):
    start_to_stay(own_server, ignore)
    own_server.stop()

    with running_cluster(own_server):
        pass

    assert not own_server.is_running()


def use_and_die(server: Server) -> None:
    with running_cluster(server):
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_user_who_was_killed_leaves_no_lock_behind(own_server):
    victim = FORK.Process(target=use_and_die, args=(own_server,))
    victim.start()
    victim.join(60)

    with running_cluster(own_server) as urls, psycopg.connect(urls.staff) as connection:
        answer = connection.execute("SELECT 1").fetchone()

    assert victim.exitcode == -signal.SIGKILL
    assert answer == (1,)
    assert not own_server.is_running()


def test_a_process_id_that_another_program_got_does_not_stop_a_start(own_server):
    with running_cluster(own_server):
        pid_file = (own_server.places.data_dir / "postmaster.pid").read_text()
    left_over = own_server.places.data_dir / "postmaster.pid"
    left_over.write_text("\n".join([str(os.getppid()), *pid_file.splitlines()[1:]]) + "\n")
    left_over.chmod(0o600)

    with running_cluster(own_server) as urls, psycopg.connect(urls.staff) as connection:
        answer = connection.execute("SELECT 1").fetchone()

    assert answer == (1,)


def start_as(uid: int, folder: str, answers) -> None:
    os.setgid(pwd.getpwuid(uid).pw_gid)
    os.setuid(uid)
    server = quick_server(folder)
    with running_cluster(server) as urls, psycopg.connect(urls.public) as connection:
        answers.put((server.places.account.uid, connection.execute("SELECT 1").fetchone()))


def test_an_ordinary_user_runs_a_cluster_of_its_own(folder):
    ordinary = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    mine = folder / "mine"
    mine.mkdir()
    os.chown(mine, ordinary, -1)
    answers = FORK.SimpleQueue()

    starter = FORK.Process(target=start_as, args=(ordinary, mine, answers))
    starter.start()
    starter.join(100)

    assert starter.exitcode == 0
    assert answers.get() == (ordinary, (1,))


def test_nobody_but_known_users_is_let_in(own_server):
    with running_cluster(own_server):
        rules = (own_server.places.data_dir / "pg_hba.conf").read_text()
        users = (own_server.places.data_dir / "pg_ident.conf").read_text()

    known = {"root", own_server.places.account.name, pwd.getpwuid(os.geteuid()).pw_name}
    assert rules == "local all all peer map=peta\n"
    assert {line.split('"')[1] for line in users.splitlines()} == known


def test_the_server_listens_on_no_network(server, urls):
    with psycopg.connect(urls.superuser) as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()

    assert listening == ("",)


def test_an_installed_server_keeps_what_it_acknowledged_through_a_power_cut(folder):
    durable = quick_server(folder)
    durable = Server(durable.places, durable.binaries)

    with running_cluster(durable) as urls, psycopg.connect(urls.superuser) as connection:
        answers = [
            connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "jit")
        ]

    assert answers == ["on", "on", "on", "on", "off"]
