"""What the first step of /lapor shows on a phone: its caption, and which button is filled."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import at, use_my_location

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
