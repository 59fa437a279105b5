"""A real browser on the built pages, over a real server; no other host exists for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from app.cluster import DatabaseUrls
from app.cluster.server import Server
from app.main import create_app
from app.settings import PROJECT_DIR, Settings
from tests.app.world import settle
from tests.databases import temporary_demo
from tests.journeys.rest import count_work

CHROMIUM = "/usr/bin/chromium"
# Every name but our own address fails to resolve, so a page that asks for one is seen to.
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
PHONE = {"width": 360, "height": 640}
START_S = 100
PATIENCE_MS = 60_000  # a blink, but for a machine busy with more


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its file: no other event loop could start beside the one Playwright runs."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", ONLY_HERE]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def demo_site(server: Server, worker_id: str, settings: Settings) -> Iterator[str]:
    """The address of a server over the small demo city; these journeys only read it."""
    with (
        temporary_demo(server, f"journey_{worker_id}") as urls,
        served(create_app(settings, urls)) as address,
    ):
        yield address


@pytest.fixture
def site(fresh_urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    """The address of a server over a small city of its own."""
    assert (PROJECT_DIR / "frontend/dist/lapor.html").exists(), "build the pages first: make setup"
    settle(fresh_urls)
    with served(create_app(settings, fresh_urls)) as address:
        yield address


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """A server in a thread of this process, on a free port."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + START_S
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(START_S)


@dataclass
class Watch:
    """What went wrong while pages were open, as the browser tells it."""

    site: str
    troubles: list[str] = field(default_factory=list)

    def page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("console", lambda message: self._said(message.text))
        return page

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.troubles.append(f"outside host: {request.url}")

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.troubles.append(text)


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site, `open_page("/lapor", locale="en")`: options of a browser context.

    Ends the test in failure when a page asked another host, broke the policy or threw.
    """
    watch = Watch(site)
    contexts: list[BrowserContext] = []

    def open_it(path: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "base_url": site, **options})
        contexts.append(context)
        count_work(context)
        page = watch.page(context)
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert watch.troubles == []


@pytest.fixture
def built() -> Path:
    """The folder of the built pages."""
    return PROJECT_DIR / "frontend/dist"
