"""Heads of requests that are no HTTP, too long, or say twice what can be said once."""

import json
import socket

import httpx
import pytest

from app.cluster import DatabaseUrls
from app.web.connections import MAX_HEADER_BYTES
from tests.app.world import Spot, add, at_status, proposed
from tests.security.test_hostile import GOOD, stored


@pytest.fixture(scope="module")
def four(town: DatabaseUrls) -> list[str]:
    """Usulan of which each list below finds three."""
    begun = at_status("diajukan")
    made = [
        proposed(Spot(0, 0), category="SP01", year=2026, events=begun),
        proposed(Spot(1, 0), category="SP02", year=2027, events=at_status("selesai")),
        proposed(Spot(2, 0), category="SP01", year=2026, events=at_status("ditolak")),
        proposed(Spot(3, 0), category="SB01", year=2028, events=begun),
    ]
    return add(town, made)


JSON = "Content-Type: application/json"
HOST = "Host: localhost"
POST = "POST /api/v1/usulan HTTP/1.1"
GET = "GET /api/v1/cities HTTP/1.1"
TWICE_IN_A_HEAD = {
    "Idempotency-Key": (POST, HOST, JSON, "Idempotency-Key: one-12345", "Idempotency-Key: two-123"),
    "Host": (GET, HOST, "Host: elsewhere.example"),
    "Content-Type": (POST, HOST, JSON, "Content-Type: text/plain"),
    "Content-Encoding": (POST, HOST, JSON, "Content-Encoding: identity", "Content-Encoding: gzip"),
}
NO_HTTP = {
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a method with a control character": b"G\x01T / HTTP/1.1\r\nHost: x\r\n\r\n",
    "another version": b"GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n",
    "a name with a blank": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX y: z\r\n\r\n",
    "NUL in a header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length and chunks": (
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "an address of raw bytes": b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
}


def answer_to(http: httpx.Client, sent: bytes) -> tuple[int, str, dict]:
    """Status, kind and document of the answer to these very bytes."""
    with socket.create_connection((http.base_url.host, http.base_url.port), timeout=60) as line:
        line.sendall(sent)
        came = b""
        while piece := line.recv(65_536):
            came += piece
    head, _, body = came.partition(b"\r\n\r\n")
    first, *lines = head.decode().lower().split("\r\n")
    kind = dict(line.split(": ", 1) for line in lines)["content-type"]
    return int(first.split()[1]), kind, json.loads(body)


def request(*head: str, body: bytes = b"") -> bytes:
    lines = (*head, f"Content-Length: {len(body)}", "Connection: close", "", "")
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP.keys())
def test_what_is_no_http_is_refused_as_everything_else_is(http, sent):
    status, kind, document = answer_to(http, sent)

    assert (status, kind) == (400, "application/problem+json")
    assert (document["status"], document["code"]) == (400, "PERMINTAAN_TIDAK_SAH")


@pytest.mark.parametrize(("name", "head"), TWICE_IN_A_HEAD.items(), ids=TWICE_IN_A_HEAD.keys())
def test_a_header_that_says_two_things_is_refused(http, town, name, head):
    before = stored(town)

    status, kind, document = answer_to(http, request(*head, body=GOOD + b"}"))

    assert (status, kind) == (400, "application/problem+json")
    assert [(error["field"], error["code"]) for error in document["errors"]] == [(name, "GANDA")]
    assert stored(town) == before


def test_a_head_that_comes_at_once_may_be_no_longer_than_one_that_drips(http):
    head = (GET, HOST, f"X-Long: {'x' * MAX_HEADER_BYTES}")

    status, _, document = answer_to(http, request(*head))

    assert (status, document["code"]) == (400, "PERMINTAAN_TIDAK_SAH")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/v1/usulan?limit=1&limit=2", "limit"),
        ("/api/v1/usulan?q=a&q=b", "q"),
        ("/api/v1/usulan?city=99.71&city=33.72", "city"),
        ("/api/v1/stats?level=rw&level=rt", "level"),
        ("/api/v1/areas/at?longitude=110.8&longitude=1&latitude=-7.5", "longitude"),
        ("/tiles/usulan/12/3313/2130.mvt?updated_after=1&updated_after=2", "updated_after"),
    ],
)
def test_a_parameter_that_says_two_things_is_refused(http, address, name):
    answer = http.get(address)

    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [(name, "GANDA")]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("category", ("SP01", "SP02")),
        ("status", ("diajukan", "selesai")),
        ("year", ("2026", "2027")),
        ("group", ("SP", "KP")),
    ],
)
def test_a_list_may_be_given_value_by_value(http, four, name, values):
    apart = http.get("/api/v1/usulan", params=[(name, value) for value in values])
    joined = http.get("/api/v1/usulan", params={name: ",".join(values)})

    # Of the four each list leaves out one.
    assert apart.status_code == 200
    assert len(four) == 4
    assert apart.json()["numberMatched"] == joined.json()["numberMatched"] == 3


def test_what_totals_are_parted_by_may_be_given_value_by_value(http, four):
    apart = http.get("/api/v1/stats?level=kecamatan&by=status&by=group").json()
    joined = http.get("/api/v1/stats?level=kecamatan&by=status,group").json()

    assert len(four) == 4
    assert apart["rows"] == joined["rows"] != []


@pytest.mark.parametrize("instant", ["5", "-5", "1e3", "1767225600", "2026", "20260101T000000Z"])
def test_an_instant_that_is_a_bare_number_is_refused(http, instant):
    answer = http.get("/api/v1/usulan", params={"updated_after": instant})

    assert (answer.status_code, answer.json()["code"]) == (422, "ISIAN_TIDAK_SAH")
    assert answer.json()["errors"][0]["field"] == "updated_after"


@pytest.mark.parametrize(
    "instant",
    ["2026-02-25T14:30:00+07:00", "2026-02-25 14:30:00Z", "2026-02-25t14:30:00.5z"],
)
def test_an_instant_with_its_offset_is_taken(http, instant):
    answer = http.get("/api/v1/usulan", params={"updated_after": instant})

    assert answer.status_code == 200
