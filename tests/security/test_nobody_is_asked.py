"""Whatever address somebody writes, the server asks nobody there for anything."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.app.moderation.conftest import office
from tests.app.submission.sending import draft
from tests.app.world import Spot

__all__ = ["office"]


@pytest.fixture
def visitors() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what came to it."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            while True:
                try:
                    visitor, _ = listening.accept()
                except OSError:
                    return
                with visitor:
                    visitor.settimeout(1)
                    came.append(visitor.recv(1_000))

        thread = threading.Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1], came
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def addresses(port: int) -> list[str]:
    """The same place as people, programs and mail would write it."""
    return [
        f"http://127.0.0.1:{port}/",
        f"//127.0.0.1:{port}/",
        f"http://2130706433:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        f"sri@127.0.0.1:{port}",
        f'"><img src="http://127.0.0.1:{port}/a.png">',
        f'=WEBSERVICE("http://127.0.0.1:{port}/")',
        f"/vsicurl/http://127.0.0.1:{port}/a.geojson",
        f"host=127.0.0.1 port={port}",
    ]


def test_the_port_would_tell_of_a_visitor(visitors):
    port, came = visitors

    with socket.create_connection(("127.0.0.1", port)) as visitor:
        visitor.sendall(b"hello")
        visitor.recv(1)

    assert came == [b"hello"]


def test_no_field_of_an_usulan_is_followed(http, visitors):
    port, came = visitors
    for address in addresses(port):
        person = {"name": address, "email": address, "phone": address[:30], "consent": True}
        for body in (
            draft(title=address[:100], problem=f"Lihat {address} untuk fotonya."),
            draft(address=address, landmark=address, declared_area=address),
            draft(proposer=person),
            draft(continues=address, funding_source=address),
            draft(geometry={"type": "Point", "coordinates": [1, 2], "crs": {"href": address}}),
        ):
            assert http.post("/api/v1/usulan", json=body).status_code < 500

    assert came == []


@pytest.mark.parametrize(
    "name",
    [
        *("Host", "Origin", "Referer", "Forwarded", "X-Forwarded-Host", "X-Forwarded-For"),
        *("X-Original-URL", "X-Rewrite-URL", "Link", "Destination", "Authorization", "Cookie"),
        *("User-Agent", "Accept-Language", "X-Request-ID", "Idempotency-Key", "SOAPAction"),
    ],
)
def test_no_header_is_followed(http, visitors, name):
    port, came = visitors
    for address in addresses(port)[:4]:
        for path in ("/", "/api/v1/usulan?limit=1", "/tiles/usulan.json", "/api/v1/session"):
            assert http.get(path, headers={name: address}).status_code < 500

    assert came == []


def test_no_parameter_and_no_whole_address_is_followed(http, visitors):
    port, came = visitors
    names = ("url", "next", "ke", "city", "area", "q", "callback", "redirect", "basemap")
    for address in addresses(port):
        for path in ("/api/v1/usulan", "/tiles/usulan.json", "/masuk", "/api/v1/places"):
            answer = http.get(path, params=dict.fromkeys(names, address), follow_redirects=False)
            assert answer.status_code < 500
            assert not answer.is_redirect
    with socket.create_connection((http.base_url.host, http.base_url.port)) as line:
        line.sendall(f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        line.recv(100)

    assert came == []


def test_nothing_that_officers_write_is_followed(office, visitors):
    port, came = visitors
    admin, lurah = office("admin_kota"), office("lurah", Spot(0, 0))
    for address in addresses(port):
        wish = {"email": "budi@contoh.go.id", "name": address[:100], "role": "walidata"}
        filters = {"name": address[:60], "query": "status=diajukan"}
        for asked in (
            admin.ask("POST", "/accounts", json=wish),
            admin.ask("POST", "/accounts/reset", json={"email": address[:60]}),
            lurah.ask("POST", "/filters", json=filters),
            lurah.ask("POST", "/keys", json={"name": address[:60], "scopes": ["baca"]}),
        ):
            assert asked.status_code < 500

    assert came == []


def test_no_address_leads_a_browser_to_another_site(http):
    """Redirects of the server lead to its own paths."""
    for path in (
        *("//evil.example", "/%2f%2fevil.example", "/\\evil.example", "/%5cevil.example"),
        *("/https://evil.example", "/%0d%0aLocation:%20https://evil.example", "/masuk/../..//e.x"),
        *("/lacak/%2f%2fevil.example", "/usulan/%2f%2fevil.example", "/wilayah/https:evil.example"),
    ):
        answer = http.get(f"{str(http.base_url).rstrip('/')}{path}", follow_redirects=False)
        leads = answer.headers.get("Location", "/")
        assert leads.startswith("/"), (path, leads)
        assert not leads.startswith(("//", "/\\")), (path, leads)
