"""What holds of every address: HEAD, Allow, private answers, bodies, a schema not there yet."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest
from starlette.routing import Match

from app.cluster.revisions import newest_revision
from app.main import create_app
from app.settings import Settings
from tests.app import world
from tests.app.serving import serving
from tests.app.submission.sending import draft


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/cities",
        "/api/v1/areas?level=kecamatan",
        "/api/v1/usulan?limit=2",
        "/api/v1/stats?level=rw",
        "/tiles/areas/14/13236/8536.mvt?level=rt",
        "/tiles/usulan.json",
        "/healthz",
        "/api/v1/usulan/99.71-2026-XXXXXX",
        "/api/v1/nothing",
    ],
)
def test_head_answers_as_get_without_a_body(http, address):
    # Totals tell their instant, which packs into one byte more or less from call to call.
    plain = {"Accept-Encoding": "identity"}
    # Others write into the same cluster, and a tag may grow old between two requests.
    for _ in range(20):
        full, head, after = (ask(address, headers=plain) for ask in (http.get, http.head, http.get))
        if full.headers.get("ETag") == after.headers.get("ETag"):
            break

    assert head.status_code == full.status_code
    assert head.content == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head.headers.get(name) == full.headers.get(name)


def test_head_tells_the_packed_length(http):
    packed = {"Accept-Encoding": "gzip"}
    full = http.get("/api/v1/categories", headers=packed)
    head = http.head("/api/v1/categories", headers=packed)

    assert full.headers["Content-Encoding"] == "gzip"
    assert head.headers["Content-Length"] == full.headers["Content-Length"]


def test_head_knows_what_the_asker_holds(http):
    tag = http.get("/api/v1/areas?level=kecamatan").headers["ETag"]

    answer = http.head("/api/v1/areas?level=kecamatan", headers={"If-None-Match": tag})

    assert answer.status_code == 304


def test_a_header_that_is_a_list_may_come_on_several_lines(http):
    address = "/api/v1/areas?level=kecamatan"
    tag = http.get(address).headers["ETag"]
    lines = [("If-None-Match", 'W/"other"'), ("If-None-Match", tag)]
    languages = [("Accept-Language", "fr"), ("Accept-Language", "en")]

    answer = http.get(address, headers=lines)
    refused = http.get("/api/v1/areas?level=x", headers=languages)

    assert answer.status_code == 304
    assert refused.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/api/v1/usulan", "GET, HEAD, POST"),
        ("/api/v1/areas/99.71", "GET, HEAD"),
        ("/tiles/usulan/9/413/266.mvt", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_taken_is_answered_with_those_that_are(http, address, allowed):
    answer = http.delete(address)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "x", "%00", "x" * 20_000])
def test_a_refusal_under_tracking_is_kept_by_nobody_and_names_nothing(http, code):
    answer = http.get(f"/api/v1/tracking/{code}")

    assert answer.status_code in (404, 413, 422)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", ["7K3M-9Q2X-4ZT1B", "x/y"])
def test_a_tracking_code_in_the_path_of_a_page_is_kept_by_nobody(http, code):
    answer = http.get(f"/lacak/{code}", headers={"Accept": "text/html"}, follow_redirects=False)

    assert answer.status_code in (307, 404)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}])
def test_an_empty_body_is_no_json(http, headers):
    answer = http.post("/api/v1/usulan", content=b"", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "JSON_TIDAK_SAH")


@pytest.fixture
def outdated(settings: Settings, fresh_urls) -> Iterator[httpx.Client]:
    """A database that a migration has yet to complete."""
    world.settle(fresh_urls)
    with psycopg.connect(fresh_urls.owner) as owner:
        owner.execute("ALTER TABLE peta.usulan RENAME COLUMN landmark TO patokan")
        owner.execute("DROP VIEW map.point, map.resident CASCADE")
        owner.execute("UPDATE peta.alembic_version SET version_num = '0000'")
    with serving(settings, fresh_urls) as client:
        yield client


def test_a_schema_not_yet_migrated_is_worth_waiting_for(outdated):
    answers = [
        outdated.get("/api/v1/usulan"),
        outdated.get("/tiles/usulan/9/413/266.mvt"),
        outdated.post("/api/v1/usulan", json=draft()),
    ]

    assert outdated.get("/readyz").json()["checks"]["migrations"] is False
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (503, "LAYANAN_SIBUK")
        assert int(answer.headers["Retry-After"]) > 0
        assert "Content-Security-Policy" in answer.headers


def test_a_table_missing_from_the_newest_schema_is_a_mistake_of_ours(outdated, fresh_urls):
    newest = outdated.get("/readyz")  # not the newest yet
    with psycopg.connect(fresh_urls.owner) as owner:
        owner.execute("UPDATE peta.alembic_version SET version_num = %s", [newest_revision()])

    assert newest.status_code == 503
    assert outdated.get("/api/v1/usulan").status_code == 500


def test_no_address_is_tried_before_that_of_submissions(settings, urls):
    asked = {"type": "http", "method": "POST", "path": "/api/v1/usulan", "headers": []}

    matched, _ = create_app(settings, urls).router.routes[0].matches(asked)

    assert matched is Match.FULL
