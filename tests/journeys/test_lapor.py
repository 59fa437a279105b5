"""A resident reports a problem: from the pin to the number, with what goes wrong on the way."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.world import CITY, Spot
from tests.journeys.steps import (
    PROBLEM,
    TITLE,
    at,
    choose_category,
    count_in,
    describe,
    go_on,
    sent_number,
    use_my_location,
)

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
JS_BUDGET, CSS_BUDGET = 90_000, 15_000


def fill_up_to_preview(page: Page) -> None:
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "selokan mampet", "Saluran drainase")
    go_on(page)
    describe(page)
    go_on(page)
    expect(page.get_by_role("heading", name="Begini yang dilihat publik")).to_be_focused()


def count_all(site: str) -> int:
    return httpx.get(f"{site}/api/v1/usulan", params={"city": CITY}).json()["numberMatched"]


def test_a_pin_on_the_map_becomes_an_usulan_counted_in_its_rt(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor")
    canvas = page.get_by_role("application")
    expect(page.get_by_role("button", name="Perbesar")).to_be_visible()
    box = canvas.bounding_box()
    assert box

    # A little off the middle of the city, where four areas meet.
    page.mouse.click(box["x"] + box["width"] / 2 + 8, box["y"] + box["height"] / 2 + 8)
    expect(page.locator(".breadcrumb li").first).to_contain_text("RT")
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "selokan mampet", "Saluran drainase")
    go_on(page)
    describe(page)
    go_on(page)
    go_on(page, "Kirim usulan")

    number = sent_number(page)
    assert len(page.inner_text("#kode-lacak").replace("-", "")) >= 10
    usulan = httpx.get(f"{site}/api/v1/usulan/{number}").json()["properties"]
    rt = next(area for area in usulan["areas"] if area["level"] == "rt")
    assert (usulan["title"], usulan["category"]) == (TITLE, "SP03")
    assert count_in(site, rt["code"]) == 1
    link = page.get_by_role("link", name="Lihat di peta")
    expect(link).to_have_attribute("href", re.compile(rf"^/\?usulan={number}&at=.*%2C17$"))


def test_the_breadcrumb_names_the_rt_the_phone_stands_in(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(2.5, 3.5))

    use_my_location(page)

    crumbs = page.locator(".breadcrumb li").all_inner_texts()
    assert [crumb[-3:] for crumb in crumbs] == [Spot(2, 3).rt[-3:], Spot(2, 3).rw[-3:], "001"]


def test_near_a_border_the_neighbour_is_named_and_may_be_declared(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor", **at(2.97, 3.5))
    use_my_location(page)

    expect(page.locator(".doubt")).to_contain_text("m dari batas")
    page.get_by_label("Sebenarnya di").select_option(value=Spot(3, 3).rt)

    expect(page.locator(".lapor-body")).to_contain_text("Keduanya dicatat")


def test_the_whole_way_works_with_the_keyboard_alone(open_page: OpenPage, site: str) -> None:
    page = open_page("/lapor", viewport={"width": 1440, "height": 900})
    expect(page.get_by_role("button", name="Perbesar")).to_be_visible()
    press = page.keyboard.press

    def tab_to(name: str) -> None:
        for _ in range(25):
            press("Tab")
            if page.evaluate("e => document.activeElement.matches(e)", name):
                return
        raise AssertionError(f"no way to {name} by Tab")

    tab_to(".place-canvas")
    press("Enter")
    for _ in range(4):
        press("ArrowRight")
    press("ArrowDown")
    expect(page.locator(".breadcrumb li").first).to_contain_text("RT")
    tab_to(".lapor-foot .btn-main")
    press("Enter")
    expect(page.get_by_role("heading", name="Masalahnya apa?")).to_be_focused()
    tab_to("#isian-category")
    page.keyboard.type("lampu jalan")
    tab_to(".category-row input")
    press("Space")
    tab_to(".lapor-foot .btn-main")
    press("Enter")
    tab_to("#isian-title")
    page.keyboard.type("Lampu gang mati")
    tab_to("#isian-problem")
    page.keyboard.type("Tiga lampu mati sejak Lebaran, gang gelap sekali.")
    tab_to(".lapor-foot .btn-main")
    press("Enter")
    expect(page.get_by_role("heading", name="Begini yang dilihat publik")).to_be_focused()
    tab_to(".lapor-foot .btn-main")
    press("Enter")

    number = sent_number(page)
    category = httpx.get(f"{site}/api/v1/usulan/{number}").json()["properties"]["category"]
    assert category == "SP07"


def test_a_place_outside_the_city_is_not_taken_but_led_back(open_page: OpenPage, site: str) -> None:
    page = open_page("/lapor", **at(-3, 2.5))

    page.get_by_role("button", name="Lokasi saya").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Lokasi di luar wilayah Kota Contoh.")
    expect(alert).to_contain_text("ke timur")
    expect(page.get_by_role("button", name="Pakai lokasi ini")).to_have_count(0)
    page.get_by_role("button", name="Geser pin ke wilayah kota").click()
    expect(page.locator(".breadcrumb li").first).to_contain_text(Spot(0, 2).rt[-3:])
    expect(page.get_by_role("button", name="Pakai lokasi ini")).to_be_visible()


def test_a_draft_survives_a_lost_network_and_becomes_one_usulan(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    fill_up_to_preview(page)
    page.context.set_offline(True)

    go_on(page, "Kirim usulan")

    expect(page.get_by_role("alert")).to_contain_text("Usulan belum terkirim.")
    expect(page.locator(".offline-strip")).to_contain_text("Draf disimpan di perangkat.")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Draf Anda dilanjutkan.")).to_be_visible()
    expect(page.locator(".public-card")).to_contain_text(PROBLEM)
    page.get_by_role("button", name="Kirim usulan").dblclick()
    sent_number(page)
    assert count_all(site) == 1
    assert count_in(site, Spot(1, 1).rt) == 1


def test_an_answer_that_is_lost_on_the_way_does_not_double_the_usulan(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    fill_up_to_preview(page)

    def arrives_but_is_not_answered(route):
        route.fetch()
        route.abort()

    page.route("**/api/v1/usulan", arrives_but_is_not_answered)
    go_on(page, "Kirim usulan")
    expect(page.get_by_role("alert")).to_contain_text("Usulan belum terkirim.")
    page.unroute("**/api/v1/usulan")
    page.get_by_role("button", name="Ubah").click()
    describe(page, title="Judul yang diubah sesudahnya")
    go_on(page)
    go_on(page, "Kirim usulan")

    number = sent_number(page)
    assert count_all(site) == 1
    assert httpx.get(f"{site}/api/v1/usulan/{number}").json()["properties"]["title"] == TITLE
    expect(page.locator(".sent")).to_contain_text("Kiriman Anda sebelumnya ternyata sudah sampai.")


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_in_passing_is_sent_again_with_one_tap(
    open_page: OpenPage, site: str, status: int
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    fill_up_to_preview(page)
    page.context.set_offline(True)
    go_on(page, "Kirim usulan")
    expect(page.get_by_role("alert")).to_contain_text("Usulan belum terkirim.")
    page.context.set_offline(False)
    body = {"status": status, "code": "SIBUK", "title": "", "detail": "Coba sebentar lagi."}
    headers = {"Retry-After": "3", "Content-Type": "application/problem+json"}
    page.route(
        "**/api/v1/usulan",
        lambda route: route.fulfill(status=status, headers=headers, body=json.dumps(body)),
    )
    go_on(page, "Kirim lagi")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Coba lagi dalam 3 detik.")
    expect(told).to_contain_text("Isian tersimpan di perangkat ini.")
    page.unroute_all()

    go_on(page, "Kirim lagi")

    sent_number(page)
    assert count_all(site) == 1


def test_what_is_shared_leads_to_the_usulan_on_the_map(open_page: OpenPage, site: str) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    fill_up_to_preview(page)
    go_on(page, "Kirim usulan")
    number = sent_number(page)

    shared = page.get_by_role("link", name="Kirim ke WhatsApp").get_attribute("href")

    text = parse_qs(urlsplit(shared or "").query)["text"][0]
    assert f"{site}/?usulan={number}" in text
    assert f"{site}/lacak#" in text
    assert "kepada petugas kelurahan" in text
    page.goto(f"/?usulan={number}")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".facts")).to_contain_text("Kiriman warga")


def test_the_first_step_names_the_city_and_an_empty_form_can_be_asked_for(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    expect(page.locator(".lapor-city")).to_contain_text("Usulan untuk Kota Contoh")
    use_my_location(page)
    page.reload()
    expect(page.get_by_text("Draf Anda dilanjutkan.")).to_be_visible()

    page.goto("/lapor?baru")

    expect(page.get_by_text("Ketuk peta untuk menaruh pin")).to_be_visible()
    expect(page.get_by_text("Draf Anda dilanjutkan.")).to_have_count(0)


def test_the_form_works_when_the_map_never_comes(open_page: OpenPage, site: str) -> None:
    page = open_page("/")
    page.route(re.compile(r"/assets/pin-.*\.js$"), lambda route: route.abort())
    page.goto("/lapor")
    expect(page.get_by_text("Peta tidak dapat dimuat.")).to_be_visible()

    page.get_by_role("button", name="Pilih dari daftar saja").click()
    spot = Spot(5, 6)
    page.get_by_label("Kelurahan").select_option(value=spot.kelurahan)
    page.get_by_label("RW").select_option(value=spot.rw)
    page.get_by_label("RT", exact=True).select_option(value=spot.rt)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "jalan rusak", "Jalan lingkungan")
    go_on(page)
    describe(page)
    go_on(page)
    go_on(page, "Kirim usulan")

    sent_number(page)
    assert count_in(site, spot.rt) == 1


def test_a_map_whose_tiles_failed_can_be_tried_again(open_page: OpenPage) -> None:
    page = open_page("/")
    page.route("**/tiles/**", lambda route: route.abort())
    page.goto("/lapor")
    note = page.get_by_text("Sebagian peta belum termuat.")
    expect(note).to_be_visible()

    page.unroute("**/tiles/**")
    page.locator(".place-map").get_by_role("button", name="Coba lagi").click()

    expect(note).to_have_count(0)
    expect(page.locator(".place-caption")).to_contain_text("Batas edisi 2025")


def test_a_phone_number_in_the_text_is_marked_and_hidden_with_one_tap(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "selokan", "Saluran drainase")
    go_on(page)
    describe(page, problem=f"{PROBLEM} Hubungi Bu Rini 0812 3456 7890.")
    go_on(page)
    expect(page.locator("mark")).to_have_text("0812 3456 7890")

    page.get_by_role("button", name="Sembunyikan nomor").click()
    go_on(page, "Kirim usulan")

    number = sent_number(page)
    text = httpx.get(f"{site}/api/v1/usulan/{number}").json()["properties"]["problem"]
    assert text == f"{PROBLEM} Hubungi Bu Rini [nomor]."


def test_a_private_need_says_that_its_place_is_hidden_and_shows_no_text(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "bedah rumah", "Rumah tidak layak huni")
    expect(page.get_by_text("Lokasi disamarkan.")).to_be_visible()
    go_on(page)
    describe(page, title="Rumah Mbah Karto mau roboh")
    go_on(page)

    card = page.locator(".public-card")
    expect(card).to_contain_text("Rumah tidak layak huni")
    expect(card).not_to_contain_text("Karto")
    expect(card).not_to_contain_text("RT")


def test_missing_words_are_listed_with_focus_and_said_at_their_fields(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "selokan", "Saluran drainase")
    go_on(page)

    go_on(page)

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("2 isian perlu diperbaiki")
    summary.get_by_role("link", name="Uraian masalah").click()
    expect(page.get_by_label("Apa masalahnya, dan sejak kapan?")).to_be_focused()
    expect(page.get_by_text("Judul wajib diisi.")).to_be_visible()


def test_back_in_the_browser_is_back_in_the_form(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    expect(page.get_by_role("heading", name="Masalahnya apa?")).to_be_focused()

    page.go_back()

    expect(page.get_by_role("heading", name="Di mana masalahnya?")).to_be_focused()
    expect(page.locator(".breadcrumb")).to_be_visible()


def test_the_english_switch_reaches_the_categories(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(1.5, 1.5))
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="My location").click()
    page.get_by_role("button", name="Use this place").click()

    page.get_by_role("button", name="Public facilities").click()

    expect(page.locator(".category-row").first).to_contain_text("Neighbourhood road")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_every_control_of_the_first_step_is_44_px_high_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/lapor")
    expect(page.get_by_role("button", name="Perbesar")).to_be_visible()

    heights = {
        control.inner_text() or control.get_attribute("aria-label"): control.bounding_box()
        for control in page.locator("button, .lapor-bar a").all()
    }

    low = {name: box for name, box in heights.items() if box and round(box["height"]) < 44}
    assert low == {}


def test_the_first_view_stays_within_its_budget(built: Path) -> None:
    page = (built / "lapor.html").read_text(encoding="utf-8")
    names = re.findall(r'(?:src|href)="/(assets/[^"]+\.(?:js|css))"', page)

    sizes = {name: len(gzip.compress((built / name).read_bytes(), 9)) for name in names}

    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= JS_BUDGET, sizes
    assert sum(size for name, size in sizes.items() if name.endswith(".css")) <= CSS_BUDGET, sizes
