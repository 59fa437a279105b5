import multiprocessing
import os
import pwd
import signal
import threading

import psycopg
import pytest

from app.cluster.errors import ClusterInUse
from app.cluster.server import Server
from app.cluster.sharing import running_cluster, start_to_stay, stop_and_release
from tests.databases import quick_server

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
            both_in.wait(30)

    starters = [threading.Thread(target=start) for _ in range(2)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join(60)

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
    starter.join(60)

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
