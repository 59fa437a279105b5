"""One cluster for several processes: the first to come starts it, the last to leave stops it."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EDQUOT, ENOSPC

from psycopg import OperationalError

from app.cluster.binaries import get_binaries
from app.cluster.configuration import SUPERUSER
from app.cluster.errors import ClusterError, ClusterInUse, ClusterNotReady
from app.cluster.locks import exclusive, is_held_by_others, never, shared
from app.cluster.places import Places, cluster_places, make_folders
from app.cluster.roles import make_database
from app.cluster.server import (
    CALM_STOP_SECONDS,
    FAST_STOP_SECONDS,
    RECOVERY_SECONDS,
    START_SECONDS,
    IsCancelled,
    Report,
    Server,
)
from app.cluster.urls import DATABASE, DatabaseUrls, database_urls, embedded_urls, socket_url
from app.interrupts import interrupted_after, uninterrupted
from app.settings import Settings

WATCH_SECONDS = 0.5
RETRY_SECONDS = 5.0
LOCK_SECONDS = RECOVERY_SECONDS + 2 * START_SECONDS
"""Longer than whoever starts or stops the cluster may take."""
PARTING_SECONDS = 4.0
TELL_SECONDS = 3.0
"""Whoever waits for longer is told for what."""

_WAITING = "Menunggu proses lain selesai menyalakan atau mematikan basis data."
_WRITING = (
    "PostgreSQL masih menulis ke disk sebelum mati; ditunggu sampai"
    f" {CALM_STOP_SECONDS / 60:.0f} menit. Ctrl-C mematikannya seketika, dan ia memulihkan diri"
    " saat dinyalakan lagi."
)


def say_nothing(_line: str) -> None:
    """Report to nobody."""


@contextmanager
def running_database(settings: Settings, report: Report = say_nothing) -> Iterator[DatabaseUrls]:
    """A database that answers; the embedded cluster is left as it was found.

    Raises a ClusterError when the embedded cluster cannot be started; a server named in
    PETA_DATABASE_URL is not asked.
    """
    if settings.database_url is not None:
        yield database_urls(settings)
        return
    with running_cluster(embedded_server(settings), report) as urls:
        yield urls


@contextmanager
def supervised_database(settings: Settings, report: Report) -> Iterator[DatabaseUrls]:
    """Addresses at once, while a thread starts the cluster and starts it again when it dies.

    Raises ClusterRefused when trying would be of no use.
    """
    if settings.database_url is not None:
        yield database_urls(settings)
        return
    server = embedded_server(settings)
    server.refuse_other_version()
    make_folders(server.places)
    with _in_use(server, report, is_calm=False):
        leaving = threading.Event()
        watch = threading.Thread(target=_keep_running, args=(server, leaving, report), daemon=True)
        watch.start()
        try:
            yield embedded_urls(server.places.socket_dir, DATABASE)
        finally:
            leaving.set()
            watch.join(RETRY_SECONDS)


@contextmanager
def running_cluster(server: Server, report: Report = say_nothing) -> Iterator[DatabaseUrls]:
    """The cluster of a server, started if need be and stopped by the last who leaves."""
    server.refuse_other_version()
    make_folders(server.places)
    with _in_use(server, report):
        _start_if_down(server, report)
        yield embedded_urls(server.places.socket_dir, DATABASE)


def embedded_server(settings: Settings) -> Server:
    """The server of a state folder, not yet started."""
    return Server(cluster_places(settings.state_dir), get_binaries())


def start_to_stay(server: Server, report: Report) -> None:
    """Start the cluster and let it outlive its users, until `stop_and_release`."""
    with running_cluster(server, report):
        server.places.keep_mark.touch()


def stop_and_release(server: Server, report: Report = say_nothing) -> None:
    """Stop the cluster; ClusterInUse when others need it, and then the last of them stops it."""
    make_folders(server.places)
    with _start_lock(server.places, LOCK_SECONDS, report):
        server.places.keep_mark.unlink(missing_ok=True)
        if is_held_by_others(server.places.use_lock, server.places.account):
            raise ClusterInUse(
                "Proses Peta Usulan lain masih memakai basis data; ia mati bila semua selesai."
            )
        with _told_if_long(report, _WRITING):
            server.stop(within_s=CALM_STOP_SECONDS)


@contextmanager
def _in_use(server: Server, report: Report, *, is_calm: bool = True) -> Iterator[None]:
    """Keep others from stopping the cluster; whoever uses it starts it when it is down.

    Who leaves calmly, and not by an error or Ctrl-C, lets it write all it has to; until Ctrl-C.
    """
    places = server.places
    has_ended = False
    try:
        with shared(places.use_lock, places.account):
            yield
        has_ended = True
    finally:
        if is_calm and has_ended:
            with interrupted_after() as is_hurried:
                _stop_calmly(server, report, is_hurried)
        else:
            # Who holds the lock uses the cluster and leaves after us, or stops it now.
            with uninterrupted(), suppress(ClusterInUse), _start_lock(places, PARTING_SECONDS):
                _stop_if_last(server, FAST_STOP_SECONDS)


def _stop_calmly(server: Server, report: Report, is_hurried: IsCancelled) -> None:
    with (
        _start_lock(server.places, LOCK_SECONDS, report, is_hurried),
        _told_if_long(report, _WRITING),
    ):
        _stop_if_last(server, CALM_STOP_SECONDS, is_hurried)


def _stop_if_last(server: Server, stop_s: float, is_hurried: IsCancelled = never) -> None:
    places = server.places
    if places.keep_mark.exists() or is_held_by_others(places.use_lock, places.account):
        return
    server.stop(within_s=stop_s, is_hurried=is_hurried)


def _start_if_down(
    server: Server,
    report: Report,
    is_cancelled: IsCancelled = never,
    *,
    lock_seconds: float = LOCK_SECONDS,
) -> None:
    with _start_lock(server.places, lock_seconds, report):
        if not server.is_running():
            # Made before a reboot or a crash, the mark no longer tells anybody's wish.
            server.places.keep_mark.unlink(missing_ok=True)
        server.start(report, is_cancelled)
        try:
            make_database(socket_url(server.places.socket_dir, DATABASE, SUPERUSER))
        except OperationalError as error:
            raise ClusterNotReady(f"PostgreSQL menyala lalu mati lagi: {error}") from error


def _keep_running(server: Server, leaving: threading.Event, report: Report) -> None:
    pause_seconds = 0.0
    has_started = has_told = False
    while not leaving.wait(pause_seconds):
        pause_seconds = WATCH_SECONDS
        if has_started and server.is_running():
            continue
        try:
            _start_if_down(server, report, leaving.is_set, lock_seconds=WATCH_SECONDS)
        except ClusterInUse as error:
            if not has_told:
                report(f"Menunggu giliran menyalakan basis data. {error}")
            has_told = True
        except ClusterError as error:
            report(str(error))
            pause_seconds = RETRY_SECONDS
        except OSError as error:
            # On a full disk not even the files that PostgreSQL reads at its start can be written.
            report(f"Basis data belum dapat dinyalakan, dicoba lagi: {_disk_words(error)}")
            pause_seconds = RETRY_SECONDS
        else:
            has_started = True


def _disk_words(error: OSError) -> str:
    return "penyimpanan penuh" if error.errno in (ENOSPC, EDQUOT) else str(error)


@contextmanager
def _start_lock(
    places: Places,
    wait_seconds: float,
    report: Report = say_nothing,
    is_cancelled: IsCancelled = never,
) -> Iterator[None]:
    lock = exclusive(
        places.start_lock, places.account, wait_seconds=wait_seconds, is_cancelled=is_cancelled
    )
    with ExitStack() as held:
        with _told_if_long(report, _WAITING):
            held.enter_context(lock)
        yield


@contextmanager
def _told_if_long(report: Report, line: str) -> Iterator[None]:
    telling = threading.Timer(TELL_SECONDS, report, (line,))
    telling.daemon = True
    telling.start()
    try:
        yield
    finally:
        telling.cancel()
