"""What strangers write begins no header of an answer and no line of the log."""

import json
import socket
from urllib.parse import quote

import pytest

from tests.app.submission.sending import draft

LINES = [
    "a\r\nSet-Cookie: x=1",
    "a\nX-Evil: 1",
    "a\r\n\r\n<html>",
    "a\u2028X-Evil: 1",
    '{"event":"forged"}\n{"event":"forged"}',
    "a\x1b[31mforged",
]
HEADERS = [
    b"a\rSet-Cookie: x=1",
    b"a\x0bX-Evil: 1",
    b"a\x85X-Evil: 1",
    b'"forged"\x1b[1m',
]
PLACES = [
    "/api/v1/usulan?q={}",
    "/api/v1/usulan?cursor={}",
    "/api/v1/usulan/{}",
    "/api/v1/stats?area={}",
    "/tiles/usulan.json?category={}",
    "/lacak/{}",
    "/usulan/{}",
    "/{}",
]


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_an_address_becomes_a_header_or_a_line_of_the_log(http, capfd, place):
    for line in LINES:
        # A line of its own for each, so that none comes upon one that has just been closed.
        address = place.format(quote(line, safe=""))
        answer = http.get(address, headers={"Connection": "close"}, follow_redirects=False)
        assert "x-evil" not in answer.headers
        assert "x=1" not in answer.headers.get("Set-Cookie", "")
        assert not any("\n" in value or "\r" in value for value in answer.headers.values())

    assert forged(capfd.readouterr().err) == []


@pytest.mark.parametrize("name", ["X-Request-ID", "User-Agent", "Referer", "Accept-Language"])
def test_nothing_of_a_header_becomes_one_of_the_answer_or_a_line_of_the_log(http, capfd, name):
    for hostile in (
        b"a\rSet-Cookie: x=1",
        b"a\x0bX-Evil: 1",
        b"a\x85X-Evil: 1",
        b'"forged"\x1b[1m',
    ):
        with socket.create_connection((http.base_url.host, http.base_url.port), 20) as line:
            head = b"GET /api/v1/usulan?limit=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            line.sendall(head + name.encode() + b": " + hostile + b"\r\n\r\n")
            told = b"".join(iter(lambda: line.recv(65_536), b"")).partition(b"\r\n\r\n")[0].lower()
        assert b"set-cookie" not in told
        assert b"x-evil" not in told

    assert forged(capfd.readouterr().err) == []


def test_nothing_of_a_body_stands_in_the_log(http, capfd):
    for line in LINES:
        http.post("/api/v1/usulan", json=draft(title=line, problem=line * 3, landmark=line))
        http.post("/api/v1/session", json={"email": f"{line}@a.id", "password": line})

    told = capfd.readouterr().err
    assert forged(told) == []
    assert "x=1" not in told


def forged(told: str) -> list[str]:
    """Lines that are none of the application's own, or that say what strangers wrote."""
    assert '"event":' in told
    wrong = []
    for line in told.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            wrong.append(line)
            continue
        if not isinstance(event, dict) or "forged" in line or "evil" in line.lower():
            wrong.append(line)
    return wrong
