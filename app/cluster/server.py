"""Make, start and stop the PostgreSQL of one set of places."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import psycopg

from app.cluster.account import environment
from app.cluster.binaries import Binaries, binaries_of_major
from app.cluster.configuration import SUPERUSER, server_arguments, write_configuration
from app.cluster.errors import ClusterNotReady, OtherMajorVersion
from app.cluster.locks import never
from app.cluster.places import Places, make_folders
from app.cluster.processes import find_postmaster, is_in_use, works_in
from app.cluster.urls import socket_url
from app.interrupts import uninterrupted

START_SECONDS = 30.0
RECOVERY_SECONDS = 600.0
"""For a PostgreSQL that lives and is not ready: after a crash it reads its log first."""
FAST_STOP_SECONDS = 4.0
QUIT_SECONDS = 15.0
"""PostgreSQL itself kills after 5 s what does not end; a slow disk may hold even that up."""
CALM_STOP_SECONDS = 120.0
"""For one who is in no hurry: after a load the last checkpoint may have much to write."""
POLL_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 4.0
"""Between two tries to start: each ends in work and lines of log where the disk is full."""

Report = Callable[[str], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True)
class Server:
    """PostgreSQL over one data folder; `settings` come on top of the usual ones."""

    places: Places
    binaries: Binaries
    settings: dict[str, str] = field(default_factory=dict)

    def refuse_other_version(self) -> None:
        version_file = self.places.data_dir / "PG_VERSION"
        if not version_file.exists():
            return
        stored = int(version_file.read_text())
        if stored != self.binaries.major:
            raise OtherMajorVersion(_way_out(self.places, stored, self.binaries.major))

    def is_running(self) -> bool:
        return find_postmaster(self.places.data_dir) is not None

    def start(self, report: Report, is_cancelled: IsCancelled = never) -> None:
        """Return when connections are accepted; trying again for up to 30 seconds, ever less often.

        One that runs and is not ready yet is waited for longer. The caller holds the start lock.
        """
        make_folders(self.places)
        self._initialise(report)
        write_configuration(self.places)
        began = time.monotonic()
        deadline, pause_s = began + START_SECONDS, POLL_SECONDS
        while not self._comes_up(partial(_is_over, deadline, is_cancelled)):
            # Before the time is looked at: nothing is started that nobody waits for.
            _rest(pause_s, partial(_is_over, deadline, is_cancelled))
            pause_s = min(2 * pause_s, LONGEST_PAUSE_SECONDS)
            is_over = time.monotonic() > deadline
            if is_over and deadline < began + RECOVERY_SECONDS and self.is_running():
                deadline = began + RECOVERY_SECONDS
                report(
                    f"PostgreSQL sudah berjalan tetapi belum siap setelah {START_SECONDS:.0f}"
                    f" detik, mungkin memulihkan diri; ditunggu sampai"
                    f" {RECOVERY_SECONDS / 60:.0f} menit. Catatannya: {self.places.log_file}"
                )
            elif is_over or is_cancelled():
                raise ClusterNotReady(
                    f"PostgreSQL tidak menyala dalam {time.monotonic() - began:.0f} detik. "
                    f"Catatan terakhirnya, dari {self.places.log_file}:\n{self._last_words()}"
                )

    def stop(self, *, within_s: float = FAST_STOP_SECONDS, is_hurried: IsCancelled = never) -> None:
        """End sessions and stop; at once, to be mended at the next start, if that takes longer.

        So too as soon as somebody is in a hurry.
        """
        if self._signal_and_wait(signal.SIGINT, within_s, is_hurried):
            return
        self._signal_and_wait(signal.SIGQUIT, QUIT_SECONDS)

    def _initialise(self, report: Report) -> None:
        data_dir = self.places.data_dir
        if data_dir.exists():
            return
        report(f"Membuat klaster basis data di {data_dir}")
        if self.places.moved_from is not None:
            report(
                f"(bukan di {self.places.moved_from}: pengguna {self.places.account.name}, yang"
                f" menjalankan PostgreSQL, tidak boleh masuk ke sana)"
            )
        draft = data_dir.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)  # left by a start that was killed
        command = [
            self.binaries.path("initdb"),
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--lc-collate=C",
            "--auth=peer",
        ]
        answer = subprocess.run(
            command,
            cwd=self.places.cluster_dir,
            env=environment(self.places.account, self.places.cluster_dir),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.places.account.identity,
        )
        if answer.returncode != 0:
            raise ClusterNotReady(f"initdb gagal: {answer.stderr.strip()}")
        draft.rename(data_dir)

    def _comes_up(self, is_over: IsCancelled) -> bool:
        """Start the postmaster unless it runs, and wait; False when it ended instead."""
        postmaster = None if self.is_running() else self._launch()
        try:
            while not is_over():
                if self._accepts_connections():
                    return True
                if postmaster is not None and postmaster.poll() is not None:
                    return False
                if postmaster is None and not self.is_running():
                    return False
                time.sleep(POLL_SECONDS)
        except KeyboardInterrupt:
            if postmaster is not None:
                _take_back(postmaster)
            raise
        return False

    def _launch(self) -> subprocess.Popen[bytes]:
        self._remove_stale_pid_files()
        settings = {**self.binaries.settings(), **self.settings}
        # In a session of its own, so that the terminal's Ctrl-C reaches only the application.
        with self.places.log_file.open("ab") as log:
            postmaster = subprocess.Popen(
                [
                    self.binaries.path("postgres"),
                    "-D",
                    str(self.places.data_dir),
                    *server_arguments(self.places, settings),
                ],
                cwd=self.places.cluster_dir,
                env=environment(self.places.account, self.places.cluster_dir),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.places.account.identity,
            )
        # Collects the child whenever it dies; in a container there may be no init to do it.
        threading.Thread(target=postmaster.wait, name="postmaster", daemon=True).start()
        return postmaster

    def _remove_stale_pid_files(self) -> None:
        """PostgreSQL clears these itself unless another program has got the old number."""
        if is_in_use(self.places.data_dir):
            return
        (self.places.data_dir / "postmaster.pid").unlink(missing_ok=True)
        for left_over in self.places.socket_dir.glob(".s.PGSQL.*"):
            left_over.unlink(missing_ok=True)

    def _accepts_connections(self) -> bool:
        url = socket_url(self.places.socket_dir, "postgres", SUPERUSER)
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _signal_and_wait(
        self, number: signal.Signals, seconds: float, is_cancelled: IsCancelled = never
    ) -> bool:
        """Whether the postmaster is gone within the time."""
        pid = find_postmaster(self.places.data_dir)
        if pid is None:
            return True
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while not _is_over(deadline, is_cancelled):
            if not works_in(pid, self.places.data_dir):
                return True
            time.sleep(POLL_SECONDS)
        return False

    def _last_words(self) -> str:
        lines = self.places.log_file.read_text(errors="replace").splitlines()
        return "\n".join(lines[-8:])


def _is_over(deadline: float, is_cancelled: IsCancelled) -> bool:
    return time.monotonic() > deadline or is_cancelled()


def _rest(seconds: float, is_over: IsCancelled) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_over():
        time.sleep(POLL_SECONDS)


def _take_back(postmaster: subprocess.Popen[bytes]) -> None:
    """End a start that was called off: until it has written its number nobody else finds it."""
    with uninterrupted():
        postmaster.send_signal(signal.SIGINT)
        try:
            postmaster.wait(FAST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            postmaster.send_signal(signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                postmaster.wait(QUIT_SECONDS)


def _way_out(places: Places, stored: int, installed: int) -> str:
    old = binaries_of_major(stored)
    old_folder = old.folder if old else f"/usr/lib/postgresql/{stored}/bin"
    user = places.account.name
    cluster = places.cluster_dir
    install = (
        "" if old else f"  apt-get install postgresql-{stored} postgresql-{stored}-postgis-3\n"
    )
    return (
        f"Basis data di {places.data_dir} dibuat oleh PostgreSQL {stored} dan tidak dapat dibaca "
        f"PostgreSQL {installed} yang terpasang. Tidak ada yang diubah.\n"
        f"Cara memindahkannya (sebagai root; tanpa `runuser` bila Anda adalah {user}):\n"
        f"{install}"
        f"  cd '{cluster}'\n"
        f"  runuser -u {user} -- {old_folder}/pg_ctl -D data -w start "
        f"-o \"-c listen_addresses= -k '{places.socket_dir}'\"\n"
        f"  runuser -u {user} -- {old_folder}/pg_dump -Fc -h '{places.socket_dir}' -U postgres "
        f"-n peta -n map -f old.dump peta\n"
        f"  runuser -u {user} -- {old_folder}/pg_ctl -D data -w stop\n"
        f"  mv data data-{stored}\n"
        f"  peta db start\n"
        f'  pg_restore --clean --if-exists -d "$(peta db url)" old.dump\n'
        f"  peta db stop && peta db migrate"
    )
