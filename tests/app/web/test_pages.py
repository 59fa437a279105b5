"""Pages of the build, problems in two languages, and the addresses that belong to no domain."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from app.language import preferred_language
from app.problems import HANDLERS
from app.web.pages import PAGES, Pages
from app.web.routing import PlainRoute
from tests.app.serving import running


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>peta")
    (tmp_path / "lapor.html").write_text("<!doctype html>lapor")
    (tmp_path / "lacak.html").write_text("<!doctype html>lacak")
    (tmp_path / "perencana.html").write_text("<!doctype html>perencana")
    (tmp_path / "akun.html").write_text("<!doctype html>akun")
    (tmp_path / "favicon.ico").write_bytes(b"\0\0\1\0")
    (tmp_path / "404.html").write_text("<!doctype html>tidak ada")
    script = tmp_path / "assets" / "index-1a2b.js"
    script.write_text("export const one = 1;")
    script.with_name("index-1a2b.js.gz").write_bytes(gzip.compress(script.read_bytes()))
    return tmp_path


@pytest.fixture
def site(built: Path) -> Iterator[httpx.Client]:
    pages = Pages(built)
    routes = [
        *(PlainRoute(path, pages.page) for path in PAGES),
        PlainRoute("/{name:path}", pages.asset),
    ]
    with running(Starlette(routes=routes, exception_handlers=dict(HANDLERS))) as client:
        yield client


def test_each_page_has_its_own_file(site):
    assert site.get("/").text.endswith("peta")
    assert site.get("/lapor").text.endswith("lapor")
    assert site.get("/lacak").text.endswith("lacak")
    assert site.get("/perencana").text.endswith("perencana")
    assert site.get("/akun").text.endswith("akun")


def test_a_hashed_file_is_kept_for_ever_and_a_page_is_asked_for_again(site):
    assert "immutable" in site.get("/assets/index-1a2b.js").headers["Cache-Control"]
    assert site.get("/").headers["Cache-Control"] == "no-cache"


def test_the_mark_has_the_address_that_browsers_ask_by_themselves(site):
    answer = site.get("/favicon.ico")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/x-icon"


def test_the_copy_that_was_compressed_is_sent_to_who_can_read_it(site):
    packed = site.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "br, gzip"})
    plain = site.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "gzip;q=0"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert packed.text == plain.text == "export const one = 1;"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_known_page_is_not_sent_again(site):
    tag = site.get("/").headers["ETag"]

    assert site.get("/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/assets/", "/assets", "/index-1a2b.js", "/assets/index-1a2b.js.gz", "/..%2fpyproject.toml"],
)
def test_only_files_of_the_build_have_an_address(site, path):
    assert site.get(path).status_code == 404


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nope", "/usulan/33.72-2026-ABC", "/lapor/"])
def test_a_person_at_a_wrong_address_reads_a_page(site, path):
    answer = site.get(path, headers=BROWSER)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.endswith("tidak ada")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/usulan/33.72-2026-ABCDEF", "/?city=33.72&usulan=33.72-2026-ABCDEF"),
        ("/usulan/33.72-2026-abc2ef", "/?city=33.72&usulan=33.72-2026-ABC2EF"),
        ("/wilayah/33.72.05.1015-012", "/?city=33.72&area=33.72.05.1015-012"),
        ("/wilayah/33.72", "/?city=33.72&area=33.72"),
    ],
)
def test_a_copied_number_or_code_leads_to_the_map(site, path, shown):
    answer = site.get(path, headers=BROWSER)

    assert answer.status_code == 307
    assert answer.headers["Location"] == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/lacak/7K3M-9Q2X-4ZT1B", "/lacak#7K3M-9Q2X-4ZT1B"),
        ("/lacak/7k3m 9q2x 4zt1b", "/lacak#7k3m-9q2x-4zt1b"),
    ],
)
def test_a_tracking_code_in_the_path_is_moved_to_where_no_server_gets_it(site, path, shown):
    answer = site.get(path, headers=BROWSER)

    assert answer.status_code == 307
    assert answer.headers["Location"] == shown


@pytest.mark.parametrize(
    "path", ["/lacak/", "/lacak/a/b", "/lacak/7K3M%0d%0aX:1", "/lacak/%23x", f"/lacak/{'A' * 53}"]
)
def test_what_cannot_be_a_tracking_code_leads_nowhere(site, path):
    answer = site.get(path, headers=BROWSER)

    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/usulan/33.72-2026-ABCDEF%0d%0aX:1", "/usulan//other.example", "/wilayah/33.72%26q=x"],
)
def test_an_address_that_only_looks_like_a_number_leads_nowhere(site, path):
    answer = site.get(path, headers=BROWSER)

    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/api/v1/nope", BROWSER), ("/tiles/nope", BROWSER), ("/nope", {"Accept": "*/*"})],
)
def test_a_program_at_a_wrong_address_reads_a_problem(site, path, headers):
    answer = site.get(path, headers=headers)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "TIDAK_DITEMUKAN"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "id"),
        ("", "id"),
        ("en", "en"),
        ("en-US,en;q=0.9,id;q=0.8", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("in-ID", "id"),
        ("jv,en;q=0.3", "en"),
        ("jv", "id"),
        ("en;q=0", "id"),
        ("en;q=x", "id"),
        ("*", "id"),
    ],
)
def test_whoever_prefers_no_english_is_answered_in_indonesian(header, language):
    assert preferred_language(header) == language


def test_a_refusal_speaks_the_language_of_the_asker(http):
    indonesian = http.get("/api/v1/usulan/x").json()
    english = http.get("/api/v1/usulan/x", headers={"Accept-Language": "en"}).json()

    assert indonesian["title"] == "Tidak ditemukan"
    assert english["title"] == "Not found"
    assert set(english) == {"type", "title", "status", "detail", "code"}


def test_a_method_that_an_address_does_not_take_is_refused_as_a_problem(http):
    answer = http.delete("/api/v1/cities")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_configuration_tells_a_page_what_it_starts_with(http):
    assert http.get("/api/v1/config").json() == {
        "default_city": "99.71",
        "languages": ["id", "en"],
        "basemap": None,
        "demo": True,
        "upload_max_mb": 5,
        "list_max_mb": 100,
    }


def test_requests_are_counted_by_pattern_and_not_by_address(http):
    http.get("/api/v1/usulan/99.71-2026-AAAAAA")

    measured = http.get("/metrics").text

    assert 'route="/api/v1/usulan/{number}",status="404"' in measured
    assert "AAAAAA" not in measured
