"""What the first step of /lapor shows on a phone: its caption, and which button is filled."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.rest import come_to_rest
from tests.journeys.steps import (
    at,
    choose_category,
    describe,
    go_on,
    sent_number,
    use_my_location,
)

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def test_on_a_phone_the_caption_of_the_pin_map_is_one_line_in_both_languages(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor")
    caption = page.locator(".place-caption")
    expect(caption).to_contain_text("Batas edisi 2025")
    indonesian = caption.bounding_box()

    page.get_by_role("button", name="English").click()
    expect(caption).to_contain_text("Borders 2025")
    english = caption.bounding_box()

    button = page.locator(".place-locate .btn").bounding_box()
    for box in (indonesian, english):
        assert box
        assert box["height"] <= 22
    assert button
    assert english
    assert button["x"] + button["width"] < english["x"]


def test_the_button_of_the_first_step_is_the_next_step_only_once_there_is_a_place(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    button = page.get_by_role("button", name="Pakai lokasi ini")
    expect(button).not_to_have_class(re.compile("btn-main"))

    button.click()
    expect(page.locator(".notice-bad")).to_contain_text("Tandai lokasi di peta")

    use_my_location(page)
    expect(button).to_have_class(re.compile("btn-main"))


def test_on_a_phone_the_doubt_of_a_place_near_a_border_is_seen_without_scrolling(
    open_page: OpenPage,
) -> None:
    # As high as a small phone's window under the browser's own bar.
    page = open_page("/lapor", viewport={"width": 360, "height": 590}, **at(2.97, 3.5))
    use_my_location(page)
    doubt = page.locator(".doubt")
    expect(doubt).to_contain_text("m dari batas")

    told = doubt.bounding_box()

    foot = page.locator(".lapor-foot").bounding_box()
    assert told
    assert foot
    assert told["y"] + told["height"] <= foot["y"]


def test_on_a_phone_units_and_the_hint_on_personal_numbers_keep_to_one_line(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    page.get_by_label("Cari dengan kata sehari-hari").fill("selokan mampet")
    units = page.locator(".category-row", has_text="Saluran drainase").locator(".category-units")
    expect(units).to_have_text("Satuan: m")
    lines = units.evaluate("e => e.getClientRects().length")
    choose_category(page, "selokan mampet", "Saluran drainase")
    go_on(page)

    hint = page.locator("#petunjuk-masalah").bounding_box()

    assert lines == 1
    assert hint
    assert hint["height"] <= 20


def test_on_a_small_phone_everything_to_do_with_the_code_is_above_the_foot(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", has_touch=True, **at(1.5, 1.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "selokan mampet", "Saluran drainase")
    go_on(page)
    describe(page)
    go_on(page)
    go_on(page, "Kirim usulan")
    sent_number(page)
    come_to_rest(page)

    follow = page.locator(".slip-follow").bounding_box()
    foot = page.locator(".lapor-foot").bounding_box()
    assert follow
    assert foot
    assert follow["y"] + follow["height"] <= foot["y"]
