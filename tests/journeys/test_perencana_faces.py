"""What a planner reads where numbers are missing, late, none, or not complete."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from threading import Event
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.reading import ask, busy, grouped, latest_year, wait_for_numbers

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
RATE = "/perencana?tampil=laju"
HEXAGONS = "/perencana?tampil=kepadatan&bentuk=heksagon"
BY_YEAR = re.compile(r"/api/v1/stats\?.*by=year")
UNKNOWN = "\u2013"
COLOURED = """() => [...document.querySelectorAll('.map-box canvas')].some((tile) => {
  const [x, y] = [tile.width / 2, tile.height / 2];
  const {data} = tile.getContext('2d').getImageData(x, y, 1, 1);
  return data[3] > 0 && data[0] - data[2] > 20;
})"""
"""Whether some tile is of the colours of need, which are brown."""
LATER_S = 100  # longer than any test waits: the page asks again only when told to


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def chosen_year(page: Page) -> str:
    return page.locator(".year[data-chosen=true] .year-name").inner_text()


def test_years_that_fail_show_no_zero_and_are_offered_again(open_page: OpenPage, site: str) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(BY_YEAR, busy(LATER_S))
    page.goto("/perencana")
    years = page.locator(".years")
    expect(years).to_contain_text("Angka tiap tahun belum terbaca")

    assert set(page.locator(".year-value").all_inner_texts()) == {UNKNOWN}
    expect(page.locator(".year[data-chosen=true]")).to_have_count(0)
    expect(page.locator(".filters-total")).to_have_text("Jumlah belum terbaca")
    expect(page.locator(".planner-panel").get_by_role("alert")).to_contain_text("gagal dimuat")
    expect(page.locator(".map-trouble").first).to_contain_text("belum diwarnai")
    page.unroute_all()
    years.get_by_role("button", name="Coba lagi").click()

    wait_for_numbers(page)
    expect(page.locator(".map-trouble")).to_have_count(0)
    assert chosen_year(page) == str(latest_year(site))


def test_a_year_can_be_chosen_though_the_years_have_no_numbers(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(BY_YEAR, busy(LATER_S))
    page.goto(RATE)
    expect(page.locator(".years")).to_contain_text("Pilih tahun")

    page.locator(".years-range").click(position={"x": 8, "y": 20})

    [years] = [city["years"] for city in ask(site, "cities")["cities"] if city["demo"]]
    wait_for_numbers(page)
    assert chosen_year(page) == str(years[0])
    total = ask(site, "stats", level="kota", year=years[0])["numberMatched"]
    expect(page.get_by_test_id("total")).to_have_text(grouped(total))


def test_a_ranking_that_fails_for_another_year_is_told_in_full_ink(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/docs", viewport=DESK)
    fails = Event()

    def answer(route: Route) -> None:
        if fails.is_set():
            busy(LATER_S)(route)
        else:
            route.continue_()

    # From the start: a browser under load lets requests past a way that was laid just before.
    page.route("**/api/v1/stats/ranking**", answer)
    page.goto(f"{site}{RATE}")
    wait_for_numbers(page)
    expect(page.locator(".panel-foot")).to_contain_text("diarsir")
    fails.set()

    page.keyboard.press("[")

    expect(page.locator(".planner-panel").get_by_role("alert")).to_contain_text("gagal dimuat")
    expect(page.locator(".rank-pane")).to_have_class("rank-pane")
    expect(page.locator(".panel-foot")).to_have_count(0)


def test_on_a_phone_a_rate_without_numbers_says_why_nothing_is_coloured(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/docs", has_touch=True)
    page.route(re.compile(r"/api/v1/stats\?"), busy(LATER_S))
    page.goto(f"{RATE}&year={latest_year(site)}")

    expect(page.locator(".map-trouble")).to_contain_text("belum diwarnai")
    expect(page.locator(".planner-legend")).to_contain_text("Skala belum terbaca")
    expect(page.locator(".planner-legend .legend-steps")).to_have_count(0)
    page.unroute_all()
    page.locator(".map-trouble").get_by_role("button", name="Coba lagi").tap()

    expect(page.locator(".planner-legend .legend-steps")).to_be_visible()
    expect(page.locator(".map-trouble")).to_have_count(0)


def few_in_the_last_year(route: Route) -> None:
    """The true answer, but for its last year, which a round has only begun for."""
    answer = route.fetch()
    told = answer.json()
    if told["rows"]:
        max(told["rows"], key=lambda row: row["year"])["count"] = 1
    route.fulfill(response=answer, body=json.dumps(told))


def test_filters_that_match_nothing_keep_the_year_and_have_no_classes(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(BY_YEAR, few_in_the_last_year)
    page.goto("/perencana?q=zzzzqq")

    expect(page.locator(".face")).to_contain_text("Tidak ada usulan yang cocok")
    expect(page.locator(".map-empty-note")).to_have_count(2)
    for legend in page.locator(".legend").all():
        expect(legend).to_contain_text("Tidak ada usulan yang cocok")
    expect(page.locator(".legend-steps")).to_have_count(0)
    assert chosen_year(page) == str(latest_year(site) - 1)


def test_the_ranking_has_the_shape_of_its_rows_before_the_years_have_come(
    open_page: OpenPage,
) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(BY_YEAR, lambda _route: None)
    page.goto(RATE)

    expect(page.locator(".planner-panel .skeleton")).to_be_visible()


def test_ground_that_is_still_coming_under_hexagons_says_so(open_page: OpenPage) -> None:
    held: list[Route] = []
    page = open_page("/docs", viewport=DESK)
    page.route("**/tiles/areas/**", lambda route: held.append(route))  # noqa: PLW0108 - a built-in is no handler
    page.goto(HEXAGONS)
    expect(page.locator(".map-legend")).to_contain_text("Tanah tanpa heksagon: tidak ada usulan")

    expect(page.locator(".map-renewing-note")).to_have_text("Memuat…")
    for tile in held:
        tile.continue_()
    page.unroute_all()

    expect(page.locator(".map-renewing-note")).to_have_count(0)


def test_each_chart_tells_how_many_it_is_made_from_and_as_of_when(
    open_page: OpenPage, site: str
) -> None:
    page = open_page(f"{RATE}&panel=grafik", viewport=DESK)
    charts = page.locator(".chart")
    expect(charts.locator("canvas")).to_have_count(2)

    for chart in charts.all():
        chart.locator(".provenance summary").click()
        told = chart.locator(".provenance dl")
        address = told.locator(".address").get_attribute("href")
        assert address
        answer = httpx.get(f"{site}{address}", timeout=100).raise_for_status().json()
        count = f"{grouped(answer['numberMatched'])} usulan"
        expect(told).to_contain_text(f"n{count}")
        expect(told).to_contain_text("Sumberusulan warga")
        expect(told).to_contain_text("Satuan")
        expect(chart.locator(".chart-note").last).to_contain_text(f"n = {count}; keadaan data")


@pytest.mark.parametrize(("is_touch", "listed"), [(False, 1), (True, 0)])
def test_keys_are_listed_where_there_is_a_keyboard(
    open_page: OpenPage, *, is_touch: bool, listed: int
) -> None:
    page = open_page(RATE, viewport=DESK, has_touch=is_touch, is_mobile=is_touch)
    expect(page.locator(".map-caption")).to_be_visible()

    expect(page.locator(".map-keys summary >> visible=true")).to_have_count(listed)


def test_the_weight_is_chosen_at_the_map_that_it_changes(open_page: OpenPage) -> None:
    page = open_page("/perencana", viewport=DESK)
    wait_for_numbers(page)

    page.locator("[data-side=kepadatan]").get_by_label("Bobot").select_option("cost")

    expect(page.locator("[data-side=kepadatan] .map-title")).to_contain_text("perkiraan biaya")
    expect(page.get_by_label("Bobot")).to_have_count(1)
    page.keyboard.press("l")
    expect(page.get_by_label("Bobot")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_numbers_of_a_scale_do_not_touch(open_page: OpenPage, site: str, width: int) -> None:
    page = open_page("/docs", viewport={"width": width, "height": 900})
    page.route(
        re.compile(r"/tiles/heat\.json"),
        lambda route: route.fulfill(json=scaled(route, 4_000, 8_000, 16_000, 32_000, 60_000)),
    )
    page.goto("/perencana?tampil=kepadatan")
    expect(page.locator(".legend-ends").first).to_contain_text("60.000")

    boxes = [
        span.bounding_box() for span in page.locator(".legend-ends").first.locator("span").all()
    ]
    ends = [(box["x"], box["x"] + box["width"]) for box in boxes if box is not None]

    assert len(ends) == 6
    assert all(end + 2 <= begin for (_, end), (begin, _) in pairwise(sorted(ends)))


def scaled(route: Route, *limits: int) -> dict[str, object]:
    """The document of a density with classes that end at other limits."""
    told: dict[str, Any] = httpx.get(route.request.url, timeout=20).json()
    told["scale"]["top"] = limits[-1]
    for step, (lower, upper) in zip(told["scale"]["classes"], pairwise((0, *limits)), strict=True):
        step |= {"from": lower, "to": upper}
    return told


def test_a_density_is_drawn_at_the_closest_zoom_too(open_page: OpenPage, site: str) -> None:
    page = open_page("/docs", viewport=DESK)
    west, south, east, north = httpx.get(f"{site}/api/v1/cities", timeout=20).json()["cities"][0][
        "bounds"
    ]
    middle = f"{(west + east) / 2:.5f},{(south + north) / 2:.5f}"

    with page.expect_response(re.compile(r"/tiles/heat/18/")) as answered:
        page.goto(f"/perencana?tampil=kepadatan&bandwidth_m=2000&at={middle},19")
    wait_for_numbers(page)

    assert answered.value.status == 200
    expect(page.locator(".map-renewing-note")).to_have_count(0)
    page.wait_for_function(COLOURED)
