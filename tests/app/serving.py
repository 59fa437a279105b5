"""The application over real HTTP, in this process: what a client sees of it."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp

from app.cli.serve import PROTOCOL
from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings

NOTHING: Mapping[str, str] = {}


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
            base_url=address, timeout=100, headers={"Cache-Control": "no-cache"}
        ) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(100)


def asked_twice(
    http: httpx.Client, path: str, parameters: Mapping[str, str] = NOTHING
) -> tuple[httpx.Response, httpx.Response]:
    """An answer, and the one to whoever holds its tag.

    Others write into the same cluster, and a tag may grow old between two requests.
    """
    for _ in range(20):
        first = http.get(path, params=parameters)
        tag = {"If-None-Match": first.headers["etag"]}
        again = http.get(path, params=parameters, headers=tag)
        if again.status_code == 304:
            break
    return first, again
