"""Names, contacts and exact places of private needs appear in no public answer."""

import httpx
import mapbox_vector_tile
import pytest
from shapely import LineString

from spatial.tiles import tiles_covering
from tests.app.serving import serving
from tests.app.world import (
    COUNT_ONLY,
    PERSON,
    RW_ONLY,
    Spot,
    add,
    proposed,
    spot_point,
)

CANARIES = ("Canary", "CANARY", "canary@", "Kenari", "Gang Rahasia", "patokan rahasia")
HOME = spot_point(9.31, 1.77)
SECRETS = {
    "title": "Kursi roda Bu Kenari",
    "problem": "Bu Kenari di Gang Rahasia 7 memerlukan bantuan segera.",
    "address": "Gang Rahasia 7",
    "landmark": "patokan rahasia",
    "proposer": PERSON,
}


@pytest.fixture(scope="module")
def numbers(town) -> list[str]:
    """Private needs at one home, alone and in company, and a public one with a contact."""
    along = LineString([HOME, spot_point(9.4, 1.9)])
    return add(
        town,
        [
            proposed(Spot(9, 1), geometry=HOME, category=RW_ONLY, **SECRETS),
            proposed(Spot(9, 1), geometry=HOME, category=RW_ONLY, **SECRETS),
            proposed(Spot(9, 1), geometry=HOME, category=RW_ONLY, year=2025, **SECRETS),
            proposed(Spot(9, 1), geometry=HOME, category=COUNT_ONLY, **SECRETS),
            proposed(Spot(9, 1), geometry=along, category="KP03", **SECRETS),
            proposed(Spot(2, 2), proposer=PERSON),
            proposed(Spot(2, 3), published=False, **SECRETS),
        ],
    )


def public_addresses(http: httpx.Client, numbers: list[str]) -> list[str]:
    lists = [
        f"/api/v1/usulan?limit=1000{more}"
        for more in (
            "",
            "&year=2025",
            "&year=2026",
            "&category=KP07,KP09,KP03",
            "&q=kenari",
            "&q=rahasia",
        )
    ]
    single = [f"/api/v1/usulan/{number}{tail}" for number in numbers for tail in ("", "/history")]
    rows = [
        f"/api/v1/stats?level={level}&by=category,year{more}"
        for level in ("kota", "kelurahan", "rw", "rt")
        for more in ("", "&format=csv")
    ]
    areas = [
        f"/api/v1/areas/{code}" for code in (Spot(9, 1).rt, Spot(9, 1).rw, Spot(9, 1).kelurahan)
    ]
    others = ["/api/v1/cities", "/api/v1/areas?level=rt", "/tiles/usulan.json", "/metrics"]
    return [*lists, *single, *rows, *areas, *others]


def test_no_public_answer_carries_a_canary(http, numbers):
    leaks = [
        (address, canary)
        for address in public_addresses(http, numbers)
        for canary in CANARIES
        if canary in http.get(address).text
    ]

    assert leaks == []


def test_no_answer_places_a_private_need_where_it_is(http, numbers):
    texts = [http.get(address).text for address in public_addresses(http, numbers)]

    for text in texts:
        # To about 100 m: the home's own square, in any notation of the numbers.
        assert "110.8093" not in text
        assert "-7.5617" not in text


def test_no_tile_shows_a_private_need_below_its_area(http, numbers):
    bounds = Spot(9, 1).middle.buffer(0.0006).bounds
    for z in (16, 18):
        for tile in tiles_covering(bounds, z):
            answer = http.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt?category=KP07,KP09,KP03")
            layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
            assert "usulan" not in layers
            for cell in layers.get("cells", {"features": []})["features"]:
                assert cell["properties"]["precision"] == "rw"


def test_no_row_counts_private_needs_in_an_rt(http, numbers):
    rows = http.get("/api/v1/stats?level=rt&category=KP07,KP09,KP03").json()

    assert sum(row["count"] for row in rows["rows"]) == 0
    assert rows["unassigned"] == rows["numberMatched"] > 0


def test_filters_cannot_corner_a_private_need(http, numbers):
    """The home's own square, RT and words find nothing of it."""
    corner = spot_point(9.2, 1.9)
    box = f"{corner.x},{corner.y},{HOME.x + 0.0002},{HOME.y + 0.0002}"
    private = "category=KP07,KP09,KP03"

    for query in (f"bbox={box}", f"area={Spot(9, 1).rt}", "q=rahasia", "q=Kenari"):
        page = http.get(f"/api/v1/usulan?{private}&{query}").json()
        assert page["numberMatched"] == 0, query


def test_the_time_of_a_private_need_is_a_month(http, numbers):
    features = http.get("/api/v1/usulan?category=KP07,KP09,KP03").json()["features"]

    assert {feature["properties"]["created"] for feature in features} == {"2025-11"}
    for number in numbers[:5]:
        for event in http.get(f"/api/v1/usulan/{number}/history").json()["events"]:
            assert event["at"] == "2025-11"


def test_logs_carry_no_tracking_code_words_or_contact(settings, town, capfd):
    sent = {
        "title": "Jembatan Kenari retak",
        "problem": "Pelapor Canary tinggal di Gang Rahasia nomor tujuh.",
        "category": "SP05",
        "geometry": {"type": "Point", "coordinates": [110.8005, -7.5605]},
        "proposer": {"name": "Canary", "phone": "0811CANARY", "consent": True},
    }

    with serving(settings, town) as http:
        code = http.post("/api/v1/usulan", json=sent).json()["tracking_code"]
        http.get(f"/api/v1/tracking/{code}")
        http.get(f"/api/v1/tracking/{code}?name=Canary")
        http.get("/api/v1/usulan?q=Kenari")
        http.post("/api/v1/usulan", json=sent | {"estimated_cost": "Canary"})

    written = "".join(capfd.readouterr())
    assert '"route": "/api/v1/tracking/{tracking_code}"' in written
    for canary in (*CANARIES, code, code.replace("-", "")):
        assert canary not in written
