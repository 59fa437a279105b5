"""Tiles from memory are those that the whole application would give."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import mapbox_vector_tile
import pytest
from sqlalchemy import event

from app.main import create_app
from app.tiles.desk import TileDesk
from app.tiles.serving import Tags
from spatial.mvt_polygons import AreaShapes
from spatial.tiles import tile_at
from tests.app import world
from tests.app.serving import running
from tests.app.submission.sending import draft

EMPTY = "/tiles/usulan/12/0/0.mvt"
MIDDLE = world.Spot(4, 4).middle


def address(layer: str, z: int) -> str:
    tile = tile_at(MIDDLE.x, MIDDLE.y, z)
    return f"/tiles/{layer}/{z}/{tile.x}/{tile.y}.mvt"


RT = address("areas", 14) + "?level=rt"


@dataclass
class Site:
    """A running application whose remembered cities grow old only when a test says so."""

    http: httpx.Client
    app: object
    now: float = 0.0
    transactions: list[object] = field(default_factory=list)


@contextmanager
def site_over(settings, urls):
    app = create_app(settings, urls)
    with running(app) as client:
        del client.headers["Cache-Control"]
        site = Site(client, app)
        app.state.cities._clock = lambda: site.now
        app.state.cities._forgotten = 0.0
        event.listen(app.state.database.public.sync_engine, "begin", site.transactions.append)
        yield site


@pytest.fixture(scope="module")
def site(settings, town):
    world.add(town, [world.proposed(world.Spot(4, 4)) for _ in range(40)])
    with site_over(settings, town) as made:
        yield made


def told(answer: httpx.Response) -> dict[str, str]:
    """Headers that say something of the tile or the site."""
    own = ("date", "x-request-id", "server")
    return {name: value for name, value in answer.headers.items() if name not in own}


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        (address("usulan", 12), {"Accept-Encoding": "identity"}, 200),
        (address("areas", 14), {"Accept-Encoding": "identity"}, 200),
        (RT, {"Accept-Encoding": "gzip"}, 200),
        (RT, {"Accept-Encoding": "gzip, br"}, 200),
        (address("base", 14), {"Accept-Encoding": "br"}, 204),
        (EMPTY, {}, 204),
        (address("areas", 14), {"If-None-Match": "*"}, 304),
    ],
)
def test_memory_gives_the_same_answer_as_the_application(site, path, asked, status):
    anew = site.http.get(path, headers={**asked, "Cache-Control": "no-cache"})
    first = site.http.get(path, headers={"Accept-Encoding": asked.get("Accept-Encoding", "")})
    site.transactions.clear()

    remembered = site.http.get(path, headers=asked)

    assert (remembered.status_code, remembered.content) == (status, anew.content)
    assert told(remembered) == told(anew)
    assert len({first.headers["X-Request-ID"], remembered.headers["X-Request-ID"]}) == 2
    assert site.transactions == []


def beside(path: str) -> str:
    """The address of the next tile to the east."""
    start, z, x, rest = path.rsplit("/", 3)
    return f"{start}/{z}/{int(x) + 1}/{rest}"


def forget_tiles(site: Site) -> None:
    """As if no tile had been asked for yet."""
    desk = site.app.state.tiles
    for known in (desk._answered, desk._addresses, site.app.state.tile_cache._kept):
        known.clear()


@pytest.mark.parametrize("asked", [{"Accept-Encoding": "identity"}, {"Accept-Encoding": "br"}])
@pytest.mark.parametrize(
    "path", [RT, address("areas", 15) + "?level=rt", address("usulan", 12), address("usulan", 17)]
)
def test_a_tile_beside_a_known_one_is_what_the_application_gives(site, path, asked):
    forget_tiles(site)
    whole = site.http.get(beside(path), headers=asked)
    forget_tiles(site)
    site.http.get(path)

    drawn = site.http.get(beside(path), headers=asked)

    assert (drawn.status_code, drawn.content) == (whole.status_code, whole.content)
    assert told(drawn) == told(whole)
    assert len({whole.headers["X-Request-ID"], drawn.headers["X-Request-ID"]}) == 2


def test_a_tile_beside_a_known_one_takes_no_transaction(site):
    forget_tiles(site)
    site.http.get(RT)
    site.transactions.clear()

    drawn = site.http.get(beside(RT))
    tag = drawn.headers["ETag"]
    site.app.state.tiles._addresses.clear()
    known = site.http.get(beside(RT), headers={"If-None-Match": tag})

    assert (drawn.status_code, known.status_code) == (200, 304)
    assert site.transactions == []


@pytest.fixture
def long_way(monkeypatch) -> list[tuple[str, bytes]]:
    """The addresses that the whole application is asked for."""
    seen, show = [], TileDesk.show

    async def show_and_tell(desk, wanted):
        seen.append(wanted.address)
        return await show(desk, wanted)

    monkeypatch.setattr(TileDesk, "show", show_and_tell)
    return seen


@pytest.mark.parametrize("path", [RT, address("usulan", 12)])
def test_a_tile_beside_a_known_one_is_drawn_without_the_whole_application(site, long_way, path):
    forget_tiles(site)
    site.http.get(path)
    long_way.clear()

    drawn = site.http.get(beside(path))

    assert drawn.is_success
    assert long_way == []


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", [("Cache-Control", "no-cache")]),
        ("GET", [("X-Said", "once"), ("X-Said", "twice")]),
        ("HEAD", []),
    ],
)
def test_whoever_asks_unusually_is_answered_by_the_whole_application(
    site, long_way, method, headers
):
    forget_tiles(site)
    site.http.get(RT)
    long_way.clear()

    site.http.request(method, beside(RT), headers=headers)

    assert [path for path, _ in long_way] == [beside(RT).partition("?")[0]]


def test_only_what_memory_can_answer_is_remembered_as_a_question(site):
    forget_tiles(site)
    site.http.get(RT, headers={"If-None-Match": f'"{"x" * 4000}"'})
    site.http.get(address("usulan", 12) + "?q=" + "jalan" * 20)
    remembered = site.app.state.tiles._answered

    assert [query for _, query in remembered] == [b"level=rt"]
    assert "x" * 4000 not in str(remembered)


@pytest.mark.parametrize("numbers", ["14/99999/1", "14/-1/1", "23/1/1", "14/01/1", "14/1"])
def test_no_tile_beside_a_known_one_is_found_where_there_is_none(site, numbers):
    site.http.get(RT)

    assert site.http.get(f"/tiles/areas/{numbers}.mvt?level=rt").status_code == 404


def test_a_drawing_that_fails_is_answered_like_any_failure(site, monkeypatch):
    def fail(*_args, **_named):
        raise ZeroDivisionError

    forget_tiles(site)
    site.http.get(RT)
    monkeypatch.setattr(AreaShapes, "tile", fail)

    answer = site.http.get(beside(RT))

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Content-Security-Policy" in answer.headers
    assert "X-Request-ID" in answer.headers


def test_what_another_process_wrote_shows_after_a_quarter_of_a_second(site, town):
    path = address("usulan", 12)
    before = site.http.get(path)
    world.add(town, [world.proposed(world.Spot(4, 4))], seed=11)

    site.now += 0.24
    soon = site.http.get(path)
    site.now += 0.02
    later = site.http.get(path)

    assert soon.headers["ETag"] == before.headers["ETag"]
    assert counted(later) == counted(before) + 1


def test_what_this_process_wrote_shows_in_its_next_answer(site):
    path = address("usulan", 12)
    before = counted(site.http.get(path))

    for number in range(1, 6):
        pin = {"type": "Point", "coordinates": [MIDDLE.x, MIDDLE.y]}
        sent = site.http.post("/api/v1/usulan", json=draft(geometry=pin))

        assert sent.status_code == 201, sent.text
        assert counted(site.http.get(path)) == before + number


def test_an_own_write_elsewhere_leaves_tiles_in_memory(site):
    path = address("areas", 14)
    site.http.get(path)
    site.app.state.cities.forget()
    site.http.get(path)
    site.http.get(path)
    site.transactions.clear()

    assert site.http.get(path).status_code == 200
    assert site.transactions == []


def test_whoever_asks_for_no_memory_sees_what_was_written_this_moment(site, town):
    path = address("usulan", 12)
    before = site.http.get(path)
    world.add(town, [world.proposed(world.Spot(4, 4))], seed=12)

    now = site.http.get(path, headers={"Cache-Control": "no-cache"})

    assert counted(now) == counted(before) + 1


def counted(answer: httpx.Response) -> int:
    layers = mapbox_vector_tile.decode(answer.content)
    return sum(cell["properties"]["count"] for cell in layers["cells"]["features"])


def test_an_asker_who_claims_that_a_tile_is_empty_empties_it_for_nobody_else(site, monkeypatch):
    path = address("areas", 13)
    made = []
    tag = Tags.tag
    monkeypatch.setattr(
        Tags, "tag", lambda tags, *, empty: made.append(tag(tags, empty=empty)) or made[-1]
    )
    site.http.get("/tiles/areas/13/1/1.mvt")
    site.http.get(path, headers={"If-None-Match": "W/none"})
    monkeypatch.undo()
    site.app.state.tile_cache._kept.clear()
    site.app.state.tiles._addresses.clear()

    for forged in made:
        site.http.get(path, headers={"If-None-Match": forged})

    assert site.http.get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("", [("Authorization", "one"), ("Authorization", "two")]),
        ("?level=rt&level=rw", []),
    ],
)
def test_what_is_said_twice_is_refused_however_well_the_tile_is_known(site, query, headers):
    path = address("areas", 14)
    site.http.get(path)

    assert site.http.get(path + query, headers=headers).status_code == 400


def test_head_is_answered_without_the_bytes(site):
    path = address("areas", 14)
    whole = site.http.get(path, headers={"Accept-Encoding": "identity"})

    head = site.http.head(path, headers={"Accept-Encoding": "identity"})

    assert (head.content, told(head)) == (b"", told(whole))


def test_tiles_from_memory_are_counted(site):
    path = address("areas", 14)
    line = (
        'peta_http_requests_total{method="GET",route="/tiles/{layer}/{z}/{x}/{y}.mvt",status="200"}'
    )

    def count() -> float:
        lines = site.http.get("/metrics").text.splitlines()
        return sum(float(text.split()[-1]) for text in lines if text.startswith(line))

    site.http.get(path)
    before = count()
    for _ in range(3):
        site.http.get(path)

    assert count() == before + 3


def test_a_cache_of_no_size_still_gives_tiles(settings, town):
    with site_over(settings.model_copy(update={"tile_cache_mb": 0}), town) as bare:
        answers = [bare.http.get(address("areas", 14)) for _ in range(3)]

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert bare.app.state.tile_cache.used_bytes == 0
