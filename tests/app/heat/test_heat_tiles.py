"""Heat maps as a browser gets them: pictures, their document, tags and refusals."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from spatial.heatimage import Theme, class_colours
from spatial.tiles import tile_at
from tests.app import world
from tests.app.serving import asked_twice, serving
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, add, proposed, spot_point
from tests.databases import temporary_database
from tests.pictures import decoded

CENTRE = Spot(4, 4).middle


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    add(
        town,
        [
            *(proposed(Spot(4, 4), supporters=10) for _ in range(30)),
            *(proposed(Spot(9, 1), category=RW_ONLY, year=2025) for _ in range(3)),
            proposed(Spot(2, 5), category=COUNT_ONLY),
            proposed(Spot(3, 5), geometry=None),
        ],
    )


def address(at=CENTRE, z: int = 14) -> str:
    tile = tile_at(at.x, at.y, z)
    return f"/tiles/heat/{z}/{tile.x}/{tile.y}.png"


def test_a_tile_is_a_picture_of_256_pixels_with_the_top_where_the_need_is(http):
    answer = http.get(address(z=16), params={"bandwidth_m": 100})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["cache-control"] == "public, no-cache"
    pixels = decoded(answer.content)
    assert pixels.shape == (256, 256, 4)
    opaque = pixels[pixels[..., 3] == 255]
    darkest = tuple(int(class_colours(Theme.LIGHT)[-1][at : at + 2], 16) for at in (1, 3, 5))
    assert darkest in {tuple(pixel) for pixel in opaque[:, :3].tolist()}


@pytest.mark.parametrize("parameters", [{}, {"category": "SB02"}, {"year": "2019"}])
def test_a_tile_where_nothing_shows_is_empty(http, parameters):
    far = spot_point(900, 0) if not parameters else CENTRE

    answer, again = asked_twice(http, address(far), parameters)

    assert (answer.status_code, answer.content) == (204, b"")
    assert again.status_code == 304


@pytest.mark.parametrize(("kind", "ending"), [("heat", "png"), ("usulan", "mvt")])
def test_whoever_holds_anything_at_all_is_told_the_tag_of_what_is_there(http, kind, ending):
    # Another tile each time, as only one that was not made yet was told wrongly; others write
    # into the same cluster, and the tag may grow old between two requests.
    for z in range(11, 17):
        tile = tile_at(CENTRE.x, CENTRE.y, z)
        path = f"/tiles/{kind}/{z}/{tile.x}/{tile.y}.{ending}?year=2026&status=diajukan"
        told = http.get(path, headers={"If-None-Match": "*"})
        there = http.get(path)
        if told.headers["etag"] == there.headers["etag"]:
            break

    assert (told.status_code, there.status_code) == (304, 200)
    assert told.headers["etag"] == there.headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/tiles/heat/7/103/66.png",
        "/tiles/heat/19/1/1.png",
        "/tiles/heat/8/256/1.png",
        "/tiles/heat/8/-1/1.png",
        "/tiles/heat/8/1/x.png",
        "/tiles/heat/8/1/1.mvt",
    ],
)
def test_what_is_no_tile_of_a_heat_map_is_not_found(http, path):
    assert http.get(path).json()["code"] == "TIDAK_DITEMUKAN"


@pytest.mark.parametrize(
    ("name", "value", "indonesian", "english"),
    [
        ("weight", "votes", "Pilih salah satu", "Choose one of"),
        ("theme", "red", "Pilih salah satu", "Choose one of"),
        ("bandwidth_m", "49.9", "Paling kecil 50", "At least 50"),
        ("bandwidth_m", "2001", "Paling besar 2000", "At most 2000"),
        ("bandwidth_m", "nan", "terhingga", "finite"),
        ("bandwidth_m", "wide", "Harus berupa angka", "Must be a number"),
        ("category", "XX99", "tidak dikenal", "not known"),
        ("year", "soon", "Harus bilangan bulat", "whole number"),
    ],
)
def test_a_wrong_parameter_is_refused_in_the_reader_s_language(
    http, name, value, indonesian, english
):
    for path in (address(), "/tiles/heat.json"):
        for language, words in (("id", indonesian), ("en", english)):
            headers = {"Accept-Language": language, "If-None-Match": "*"}
            answer = http.get(path, params={name: value}, headers=headers)

            assert answer.status_code == 422
            (error,) = answer.json()["errors"]
            assert error["field"] == name
            assert words in error["detail"]


def test_the_document_says_what_is_drawn_and_leads_to_the_same_map(http):
    asked = {"weight": "supporters", "bandwidth_m": "150", "theme": "dark", "year": "2026"}

    document = http.get("/tiles/heat.json", params=asked).json()

    listed = http.get("/api/v1/usulan", params={"year": "2026", "limit": "1"}).json()
    assert document["numberMatched"] == listed["numberMatched"] == 32
    assert document["unlocated"] == listed["unlocated"] == 2
    assert document["drawn"] == 30
    assert (document["minzoom"], document["maxzoom"]) == (8, 18)
    assert (document["weight"], document["bandwidth_m"], document["theme"]) == (
        "supporters",
        150,
        "dark",
    )
    assert document["unit"] == "pendukung per km²"
    assert document["edition"] == world.EDITION
    carried = parse_qs(urlsplit(document["tiles"][0]).query)
    assert {name: carried[name] for name in asked} == {name: [v] for name, v in asked.items()}
    tile = tile_at(CENTRE.x, CENTRE.y, 15)
    by_document = http.get(document["tiles"][0].format(z=15, x=tile.x, y=tile.y))
    assert by_document.content == http.get(address(z=15), params=asked).content


def test_the_scale_has_five_classes_and_four_lines_that_part_them(http):
    scale = http.get("/tiles/heat.json").json()["scale"]

    limits = [step["from"] for step in scale["classes"]]
    assert limits == [0, *scale["isolines"]]
    assert [step["to"] for step in scale["classes"]] == [*limits[1:], scale["top"]]
    assert tuple(step["color"] for step in scale["classes"]) == class_colours(Theme.LIGHT)


def test_the_scale_belongs_to_the_view_and_not_to_the_words_of_its_document(http):
    scales = [
        http.get("/tiles/heat.json", headers={"Accept-Language": language}).json()["scale"]
        for language in ("id", "en")
    ]
    other = http.get("/tiles/heat.json", params={"bandwidth_m": "800"}).json()["scale"]

    assert scales[0] == scales[1]
    assert other["top"] < scales[0]["top"]


def test_an_english_reader_has_an_english_document(http):
    answer = http.get("/tiles/heat.json", headers={"Accept-Language": "en"})

    assert answer.json()["name"].endswith("density of usulan")
    assert "Accept-Language" in answer.headers["vary"]


def test_dark_is_another_picture(http):
    light, dark = (http.get(address(), params={"theme": theme}) for theme in ("light", "dark"))

    assert light.headers["etag"] != dark.headers["etag"]
    assert light.content != dark.content


def test_whoever_holds_a_picture_gets_no_other_until_an_usulan_comes(http):
    asked = {path: asked_twice(http, path) for path in (address(), "/tiles/heat.json")}
    held = {path: first.headers["etag"] for path, (first, _) in asked.items()}
    assert [again.status_code for _, again in asked.values()] == [304, 304]

    sent = http.post(
        "/api/v1/usulan",
        json={
            "title": "Lampu jalan padam",
            "problem": "Lampu jalan di ujung gang padam sejak bulan lalu.",
            "category": "SP01",
            "geometry": {"type": "Point", "coordinates": [CENTRE.x, CENTRE.y]},
        },
    )

    assert sent.status_code == 201
    for path, tag in held.items():
        answer = http.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag


def test_the_exact_place_of_a_private_need_moves_no_pixel_and_no_hexagon(
    server, settings, worker_id
):
    pictures, hexagons = [], []
    for number, place in enumerate([(8.1, 0.1), (11.9, 3.9)]):
        with temporary_database(server, f"heat_{worker_id}_{number}") as urls:
            world.settle(urls)
            home = spot_point(*place)
            private = [proposed(Spot(9, 1), category=RW_ONLY, geometry=home) for _ in range(2)]
            add(urls, [*private, proposed(Spot(4, 4))])
            with serving(settings, urls) as client:
                pictures.append(
                    [client.get(address(Spot(9, 1).middle, z)).content for z in (13, 16, 18)]
                )
                answer = client.get("/api/v1/hexagons", params={"edge_m": "100"})
                hexagons.append(answer.json()["features"])

    assert all(pictures[0])
    assert pictures[0] == pictures[1]
    assert hexagons[0] == hexagons[1]
    # An RW of 440 m is met by some hexagons of 100 m, and none of them holds a whole need.
    counts = [hexagon["properties"]["count"] for hexagon in hexagons[0]]
    assert sum(count < 1 for count in counts) >= 6
    assert sum(counts) == pytest.approx(3)


def test_a_private_need_colours_all_of_its_area_alike(http):
    asked = {"category": RW_ONLY, "year": "2025", "bandwidth_m": "50"}

    middle = decoded(http.get(address(Spot(10, 2).middle, 18), params=asked).content)

    assert (middle[..., 3] > 0).all()
    assert len({tuple(pixel) for row in middle.tolist() for pixel in row}) <= 12


def test_a_map_reads_what_the_public_role_may_read(settings, town):
    with serving(settings, replace(town, staff=town.public)) as client:
        assert client.get(address()).status_code == 200
        assert client.get("/tiles/heat.json").status_code == 200
