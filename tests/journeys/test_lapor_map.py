"""The map of the form whose tiles do not come."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def test_a_map_is_tried_again_while_some_of_its_tiles_are_still_on_their_way(
    open_page: OpenPage,
) -> None:
    page = open_page("/docs")
    held: list[str] = []
    failing = True

    def hold_one_and_fail_the_rest(route: Route) -> None:
        tile = route.request.url.partition(".mvt")[0].split("/")[-3:]
        held[:] = held or tile
        if not failing:
            route.continue_()
        elif held != tile:
            route.abort()

    page.route("**/tiles/**", hold_one_and_fail_the_rest)
    page.goto("/lapor")
    note = page.get_by_text("Sebagian peta belum termuat.")
    expect(note).to_be_visible()
    failing = False

    page.locator(".place-map").get_by_role("button", name="Coba lagi").click()

    expect(note).to_have_count(0)


def test_a_map_that_never_came_can_be_asked_for_again(open_page: OpenPage) -> None:
    page = open_page("/docs")
    page.route("**/assets/pin-*.js", lambda route: route.abort())
    page.goto("/lapor")
    note = page.get_by_text("Peta tidak dapat dimuat.")
    expect(note).to_be_visible()
    page.unroute("**/assets/pin-*.js")

    page.locator(".place-map").get_by_role("button", name="Coba lagi").click()

    expect(note).to_have_count(0)
    expect(page.locator(".place-caption")).to_be_visible()
