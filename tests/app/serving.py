"""The application over real HTTP, in this process: what a client sees of it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp

from app.cli.serve import PROTOCOL
from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings


@contextmanager
def serving(settings: Settings, urls: DatabaseUrls) -> Iterator[httpx.Client]:
    """A client of the running application; the server ends with the block."""
    with running(create_app(settings, urls)) as client:
        yield client


@contextmanager
def running(app: ASGIApp) -> Iterator[httpx.Client]:
    """A client of any application."""
    config = uvicorn.Config(
        app, port=0, http=PROTOCOL, ws="none", log_level="critical", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        # What tests write into the database beside the server must show at once.
        with httpx.Client(
            base_url=address, timeout=20, headers={"Cache-Control": "no-cache"}
        ) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(20)
