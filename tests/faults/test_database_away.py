"""While the database is away the map and its numbers stay, as of when they were so."""

from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import mapbox_vector_tile
import pytest

from app.cluster import database_urls
from app.cluster.migrations import migrate
from app.cluster.sharing import running_cluster
from app.main import create_app
from app.resident.shelf import Shelf
from app.standby import AS_OF, SHORTLY
from spatial.tiles import tile_at
from tests.app import world
from tests.app.serving import running
from tests.app.submission.sending import draft
from tests.faults.killing import kill_postgres, wait_until

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

TILE = tile_at(world.WEST + 0.008, world.NORTH - 0.004, 12)
ADDRESS = f"/tiles/usulan/{TILE.z}/{TILE.x}/{TILE.y}.mvt"
FILTERED = f"{ADDRESS}?category=SP01&status=diajukan"
WORDS = f"{ADDRESS}?q=jalan"
STATS, AREA = "/api/v1/stats?level=rw", f"/api/v1/areas/{world.CITY}.01"
HEAT_TILE = tile_at(world.WEST + 0.008, world.NORTH - 0.004, 14)
HEAT = f"/tiles/heat/14/{HEAT_TILE.x}/{HEAT_TILE.y}.png"
HEXAGONS, SCALE, LAYER = "/api/v1/hexagons", "/tiles/heat.json", "/tiles/usulan.json"
CITIES, CATEGORIES = "/api/v1/cities", "/api/v1/categories"
KEPT = (HEAT, HEXAGONS, SCALE, LAYER, CITIES, CATEGORIES)
"""Asked for before."""
UNSEEN = tuple(f"{path}?category=SP01&status=diajukan" for path in (HEAT, HEXAGONS, SCALE, LAYER))


@pytest.fixture
def city(installation, installed_server):
    """A city in a cluster of its own, which the test may stop."""
    urls = database_urls(installation)
    with running_cluster(installed_server):
        migrate(urls, installation)
        world.settle(urls)
        private = world.proposed(world.Spot(9, 1), category=world.RW_ONLY)
        world.add(urls, [private, *(world.proposed(world.Spot(c, 2)) for c in range(9))])
        yield urls


@dataclass
class Site:
    """A running application, and the index in its memory."""

    http: httpx.Client
    shelf: Shelf

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def stand(self) -> None:
        """Wait until its index stands."""
        self.get(STATS)
        wait_until(lambda: self.shelf.standing(world.CITY) is not None)
        self.get(STATS)

    def is_back(self) -> bool:
        found = self.get(STATS)
        return found.status_code == 200 and AS_OF not in found.headers


@pytest.fixture
def site(installation, city):
    app = create_app(installation, city)
    with running(app) as client:
        made = Site(client, app.state.shelf)
        made.stand()
        yield made


def numbers(answer: httpx.Response) -> dict:
    return {name: value for name, value in answer.json().items() if name != "as_of"}


def counted(answer: httpx.Response) -> int:
    cells = mapbox_vector_tile.decode(answer.content)["cells"]["features"]
    return sum(cell["properties"]["count"] for cell in cells)


def told_at(answer: httpx.Response) -> datetime:
    return datetime.fromisoformat(answer.headers[AS_OF])


def test_numbers_and_tiles_stay_while_postgres_is_dead_and_say_of_when(site, installed_server):
    before = {path: site.get(path) for path in (STATS, AREA, ADDRESS)}
    killed_at = datetime.now(UTC)
    kill_postgres(installed_server.places.data_dir)

    left = {path: site.get(path) for path in (STATS, AREA, ADDRESS, FILTERED)}
    refused = [site.get(path).status_code for path in ("/api/v1/usulan", "/readyz", WORDS)]
    unsent = site.http.post("/api/v1/usulan", json=draft())

    assert {answer.status_code for answer in [*before.values(), *left.values()]} == {200}
    assert not any(AS_OF in answer.headers for answer in before.values())
    assert numbers(left[STATS]) == numbers(before[STATS])
    assert left[AREA].json() == before[AREA].json()
    assert (counted(left[ADDRESS]), counted(left[FILTERED])) == (10, 9)
    assert all(told_at(answer) <= killed_at for answer in left.values())
    assert datetime.fromisoformat(left[STATS].json()["as_of"]) <= killed_at
    assert {answer.headers["Cache-Control"] for answer in left.values()} == {SHORTLY}
    assert refused == [503, 503, 503]
    assert unsent.status_code == 503
    assert unsent.headers["Retry-After"]

    installed_server.start(lambda _line: None)
    wait_until(site.is_back)
    sent = site.http.post("/api/v1/usulan", json=draft(world.Spot(3, 3)))
    fresh, tile = site.get(STATS), site.get(ADDRESS)

    assert sent.status_code == 201
    assert fresh.json()["numberMatched"] == counted(tile) == 11
    assert AS_OF not in fresh.headers
    assert AS_OF not in tile.headers
    assert fresh.json()["as_of"] > left[STATS].json()["as_of"]


def test_maps_and_lists_of_choices_stay_while_postgres_is_dead(site, installed_server):
    private = f"{HEXAGONS}?category={world.RW_ONLY}"
    before = {path: site.get(path) for path in KEPT}
    killed_at = datetime.now(UTC)
    kill_postgres(installed_server.places.data_dir)

    left = {path: site.get(path) for path in (*KEPT, *UNSEEN, private)}

    assert {path: answer.status_code for path, answer in left.items()} == dict.fromkeys(left, 200)
    assert not any(AS_OF in answer.headers for answer in before.values())
    assert all(told_at(answer) <= killed_at for answer in left.values())
    assert {answer.headers["Cache-Control"] for answer in left.values()} == {SHORTLY}
    for path in (HEAT, LAYER, CITIES, CATEGORIES):
        assert left[path].content == before[path].content
    for path in (HEXAGONS, SCALE):
        assert numbers(left[path]) == numbers(before[path])
        assert datetime.fromisoformat(left[path].json()["as_of"]) <= killed_at
    assert left[private].json()["spread"] == 1
    assert left[f"{SCALE}?category=SP01&status=diajukan"].json()["numberMatched"] == 9


def test_what_is_not_in_memory_is_busy_and_says_so_in_the_readers_language(site, installed_server):
    kill_postgres(installed_server.places.data_dir)
    english = {"Accept-Language": "en"}

    refused = [site.http.get(path, headers=english) for path in (*KEPT, "/api/v1/usulan")]
    plain = [site.get(path) for path in (CITIES, HEAT)]

    assert {answer.status_code for answer in [*refused, *plain]} == {503}
    assert {answer.json()["title"] for answer in refused} == {"Service is busy"}
    assert {answer.json()["title"] for answer in plain} == {"Layanan sedang sibuk"}
    assert all(answer.headers["Retry-After"] for answer in [*refused, *plain])


def test_a_refusal_is_kept_by_nobody_and_does_not_tell_that_the_database_is_back(
    site, installed_server
):
    kill_postgres(installed_server.places.data_dir)

    site.get(STATS)
    wrong = site.get("/api/v1/stats?level=x")
    missing = site.get(f"/api/v1/areas/{world.CITY}.99")

    assert [wrong.status_code, missing.status_code] == [422, 404]
    assert {answer.headers["Cache-Control"] for answer in (wrong, missing)} == {"no-store"}
    assert AS_OF in missing.headers
