"""An installation with an outside map: it is drawn muted, or its absence is said in one line."""

import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings
from tests.app.world import settle
from tests.journeys.conftest import served

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}
CREDIT = "Peta © Juru Gambar"
# Whether no pixel of our own ground lets through what lies beneath it.
OPAQUE = """() => {
    const loaded = '.map-box .ground-tile.leaflet-tile-loaded canvas';
    const tiles = [...document.querySelectorAll(loaded)];
    const alphas = tiles.flatMap((tile) => {
        const pixels = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height).data;
        return pixels.filter((_, index) => index % 4 === 3).every((alpha) => alpha === 255);
    });
    return alphas.length > 0 && alphas.every(Boolean);
}"""


def square_png(side: int = 256) -> bytes:
    """One plain image, so that no image library is needed."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = (b"\0" + b"\x88\xaa\xcc" * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@dataclass
class TileServer:
    """The outside map's own server; `answers` says whether it has its images."""

    address: str = ""
    answers: bool = True
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def outside() -> Iterator[TileServer]:
    tiles = TileServer()
    image = square_png()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tiles.asked.append(self.path)
            self.send_response(200 if tiles.answers else 500)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(image if tiles.answers else b"")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tiles.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield tiles
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_map(
    browser: Browser, fresh_urls: DatabaseUrls, settings: Settings, outside: TileServer
) -> Iterator[Callable[..., Page]]:
    """Opens the map page of an installation that has the outside map, `open_map("dark")`."""
    settle(fresh_urls)
    own = settings.model_copy(
        update={
            "basemap_url": outside.address + "/{z}/{x}/{y}.png",
            "basemap_attribution": CREDIT,
        }
    )
    with served(create_app(own, fresh_urls)) as address:
        context = browser.new_context(viewport=DESK, base_url=address)

        def open_it(theme: str = "light") -> Page:
            page = context.new_page()
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.goto("/")
            expect(page.locator(".ground-tile.leaflet-tile-loaded canvas").first).to_be_attached()
            return page

        yield open_it
        context.close()


def look_of(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.locator(".basemap").evaluate(
        "layer => ({ filter: getComputedStyle(layer).filter, opacity: layer.style.opacity })"
    )
    return found


def test_the_outside_map_is_drawn_muted_under_our_boundaries_with_its_credit(
    open_map: Callable[..., Page], outside: TileServer
) -> None:
    page = open_map()

    expect(page.locator(".basemap img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".map-caption")).to_contain_text(CREDIT)
    expect(page.locator(".map-caption")).not_to_contain_text("tanpa peta dasar")
    page.wait_for_function(f"() => !({OPAQUE})()")
    assert look_of(page) == {"filter": "saturate(0.35) brightness(1.05)", "opacity": "0.8"}
    assert outside.asked


def test_in_dark_the_outside_map_is_inverted(open_map: Callable[..., Page]) -> None:
    page = open_map("dark")

    expect(page.locator(".basemap img.leaflet-tile-loaded").first).to_be_visible()
    assert look_of(page)["filter"].startswith("invert(1)")


def test_an_outside_map_that_fails_leaves_our_map_whole_and_says_so_in_one_line(
    open_map: Callable[..., Page], outside: TileServer
) -> None:
    outside.answers = False

    page = open_map()

    caption = page.locator(".map-caption")
    expect(caption).to_contain_text("Peta dasar tidak tersedia. Memakai lapisan batas.")
    expect(caption).to_contain_text("Batas RT resmi, edisi 2025")
    expect(page.locator(".map-trouble")).to_have_count(0)
    page.wait_for_function(OPAQUE)
    assert outside.asked


def test_the_outside_map_shows_once_it_is_back(
    open_map: Callable[..., Page], outside: TileServer
) -> None:
    outside.answers = False
    page = open_map()
    expect(page.locator(".map-caption")).to_contain_text("Peta dasar tidak tersedia")

    outside.answers = True
    page.get_by_role("button", name="Perbesar peta").click()

    expect(page.locator(".map-caption")).to_contain_text(CREDIT)
    page.wait_for_function(f"() => !({OPAQUE})()")
