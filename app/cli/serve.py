"""`peta serve`: the web server, and the embedded database as long as it runs."""

import signal
import socket
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from app.cli.output import report
from app.cluster import database_urls, supervised_database
from app.cluster.configuration import WORKERS
from app.cluster.errors import ClusterRefused
from app.database import PUBLIC_MOST, STAFF_MOST
from app.settings import Settings

ENDING_REQUESTS_SECONDS = 4
FACTORY = "app.cli.serve:application"
PROTOCOL = "app.web.connections:PatientProtocol"


class PortTaken(OSError):
    """Another program listens where we were told to."""


class TooManyWorkers(ClusterRefused):
    """The embedded cluster has no connections for so many."""


def application() -> FastAPI:
    """Build the web application of this installation; each worker process calls it."""
    from app.main import create_app

    settings = Settings()
    return create_app(settings, database_urls(settings))


def serve_until_stopped(*, host: str, port: int | None, workers: int) -> None:
    """Serve until SIGINT or SIGTERM; the database may come and go meanwhile."""
    settings = Settings()
    refuse_too_many(workers, settings)
    signal.signal(signal.SIGTERM, _interrupt)
    with _listen(host, settings.port if port is None else port) as listening:
        config = uvicorn.Config(
            FACTORY,
            factory=True,
            http=PROTOCOL,
            ws="none",
            workers=workers,
            log_level=settings.logs_from(to_person=sys.stderr.isatty()).lower(),
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_graceful_shutdown=ENDING_REQUESTS_SECONDS,
            server_header=False,
            access_log=False,  # it would write tracking codes down
        )
        try:
            with supervised_database(settings, report):
                _serve(config, listening)
        except KeyboardInterrupt:
            report("Peta Usulan berhenti.")


def refuse_too_many(workers: int, settings: Settings) -> None:
    """TooManyWorkers where the last to come would find every connection taken."""
    if settings.database_url is None and workers > WORKERS:
        raise TooManyWorkers(
            f"Basis data bawaan menyediakan sambungan untuk paling banyak {WORKERS} proses yang"
            f" melayani, bukan {workers}. Pakai --workers {WORKERS} atau kurang; untuk lebih banyak"
            f" isi PETA_DATABASE_URL dengan PostgreSQL sendiri yang max_connections-nya cukup:"
            f" sampai {STAFF_MOST + PUBLIC_MOST} sambungan untuk tiap proses."
        )


def _serve(config: uvicorn.Config, listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    report(f"Peta Usulan: http://{host}:{port}   (berhenti: Ctrl-C)")
    try:
        if config.workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        # A second Ctrl-C must not cut short the stopping of the database.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise PortTaken(
            f"Tidak dapat memakai {host}:{port}: {error.strerror}. "
            f"Pilih porta lain: PORT=8001 make run, atau peta serve --port 8001"
        ) from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    sys.stderr.flush()
    raise KeyboardInterrupt
