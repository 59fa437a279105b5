"""An officer at work on /kerja: with the keyboard alone, in the window of an office's screen."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.world import Spot, proposed
from tests.journeys.office import (
    OFFICE,
    add,
    be,
    open_by_keys,
    outcome,
    site,
    status_of,
    step_by_keys,
    urls,
)
from tests.journeys.rest import come_to_rest

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
WIDEST = """Math.max(...['html', '.kerja-detail', '.list-scroll'].map(
    name => document.querySelector(name)?.scrollWidth ?? 0))"""
HERE, BESIDE = Spot(1, 1), Spot(12, 6)
WHY = "Lahannya milik pribadi, belum ada izin."


@pytest.fixture
def work(open_page: OpenPage, urls: DatabaseUrls) -> Callable[..., Page]:
    """Opens /kerja as somebody of a role, `work("?queue=semua", role="camat")`."""

    def opened(
        query: str = "", role: str = "operator_kelurahan", spot: Spot = HERE, **options: object
    ) -> Page:
        page = open_page("/docs", **{"viewport": OFFICE, **options})
        be(page, sign_in_as(urls, role, spot))
        page.goto(f"/kerja{query}")
        return page

    return opened


def test_an_usulan_is_verified_by_the_keyboard_alone(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Got satu")
    page = work("?q=Got+satu")

    open_by_keys(page, "Got satu")
    step_by_keys(page, "Periksa")
    expect(page.get_by_role("button", name="Simpan: Periksa")).to_be_focused()
    page.keyboard.press("Enter")

    outcome(page, "Got satu: sekarang “Diperiksa kelurahan”.")
    expect(page.locator(".timeline .event").first).to_contain_text("oleh operator kelurahan")
    assert status_of(urls, number) == "verifikasi_kel"


def test_an_usulan_is_returned_with_a_question_to_its_reporter(
    work: Callable[..., Page], urls: DatabaseUrls, site: str
) -> None:
    number = add(urls, "Got dua", "verifikasi_kel")
    page = work("?q=Got+dua")
    open_by_keys(page, "Got dua")

    step_by_keys(page, "Tanya pengusul")
    expect(page.get_by_label("Pertanyaan untuk pengusul")).to_be_focused()
    page.keyboard.type("Sebelah mana dari pos kamling?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    outcome(page, "Got dua: sekarang “Perlu dilengkapi”.")
    expect(page.locator(".notice-warn")).to_contain_text("Sebelah mana dari pos kamling?")
    history = httpx.get(f"{site}/api/v1/usulan/{number}/history").json()["events"]
    assert history[-1]["reason_code"] == "A09"


def test_a_refusal_asks_for_its_reason_and_takes_it(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Got tiga")
    page = work("?q=Got+tiga")
    open_by_keys(page, "Got tiga")

    step_by_keys(page, "Tolak")
    expect(page.get_by_label("Alasan", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tolak", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="Simpan: Tolak")).to_have_count(0)

    step_by_keys(page, "Tolak")
    expect(page.get_by_label("Alasan", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_have_text(
        ["Pilih alasan.", "Tulis paling sedikit 10 huruf."]
    )
    expect(page.get_by_label("Alasan", exact=True)).to_be_focused()
    page.keyboard.type("A03")
    page.keyboard.press("Tab")
    page.keyboard.type(WHY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    outcome(page, "Got tiga: sekarang “Ditolak”.")
    expect(page.locator(".timeline .event").first).to_contain_text("Status lahan bermasalah")
    assert status_of(urls, number) == "ditolak"


def test_two_of_the_same_are_merged_from_the_card_of_the_other(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number, other = add(urls, "Got empat"), add(urls, "Got lama di sana")
    page = work("?q=Got+empat")
    open_by_keys(page, "Got empat")

    page.get_by_role("button", name="Gabungkan ke Got lama di sana").press("Enter")
    expect(page.get_by_label("Nomor usulan yang diteruskan")).to_have_value(other)
    page.get_by_role("button", name="Simpan: Gabungkan").press("Enter")

    outcome(page, "Got empat: sekarang “Digabung”.")
    expect(page.get_by_text("Digabung ke")).to_be_visible()
    assert status_of(urls, number) == "digabung"
    page.get_by_role("button", name=other, exact=True).first.press("Enter")
    expect(page.get_by_role("heading", name="Got lama di sana")).to_be_focused()
    expect(page.get_by_text("Menampung gabungan dari")).to_be_visible()


def test_what_was_typed_is_kept_when_somebody_was_quicker(
    work: Callable[..., Page], urls: DatabaseUrls, site: str
) -> None:
    number = add(urls, "Got lima")
    page = work(f"?usulan={number}")
    step_by_mouse(page, "Belum diakomodir")
    page.get_by_label("Alasan", exact=True).select_option("A08")
    page.get_by_label("Penjelasan").fill(WHY)

    with httpx.Client(base_url=site) as http:
        Office(http, sign_in_as(urls, "lurah", HERE)).done(number, "status", to="verifikasi_kel")
    page.get_by_role("button", name="Simpan: Belum diakomodir").click()

    told = page.get_by_role("alert").filter(has_text="Sudah ada langkah lain")
    expect(told).to_contain_text("Statusnya sekarang “Diperiksa kelurahan”")
    expect(page.get_by_label("Penjelasan")).to_have_value(WHY)
    expect(page.locator(".timeline .event").first).to_contain_text("oleh lurah")
    assert status_of(urls, number) == "verifikasi_kel"
    page.get_by_role("button", name="Simpan: Belum diakomodir").click()
    outcome(page, "Got lima: sekarang “Belum diakomodir”.")


def test_on_a_phone_a_reader_is_brought_to_the_word_that_somebody_was_quicker(
    work: Callable[..., Page], urls: DatabaseUrls, site: str
) -> None:
    number = add(urls, "Got sepuluh")
    page = work(f"?usulan={number}", viewport={"width": 360, "height": 640}, has_touch=True)
    step_by_mouse(page, "Tolak")
    page.get_by_label("Alasan", exact=True).select_option("A03")
    page.get_by_label("Penjelasan").fill(WHY)

    with httpx.Client(base_url=site) as http:
        Office(http, sign_in_as(urls, "lurah", HERE)).done(number, "status", to="verifikasi_kel")
    page.get_by_role("button", name="Simpan: Tolak").click()

    told = page.get_by_role("alert").filter(has_text="Sudah ada langkah lain")
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport(ratio=0.9)


def step_by_mouse(page: Page, name: str) -> None:
    page.locator("#langkah").get_by_role("button", name=name, exact=True).click()


def test_a_step_that_is_closed_by_now_leaves_its_words_to_be_copied(
    work: Callable[..., Page], urls: DatabaseUrls, site: str
) -> None:
    number = add(urls, "Got enam")
    page = work(f"?usulan={number}")
    step_by_mouse(page, "Belum diakomodir")
    page.get_by_label("Alasan", exact=True).select_option("A08")
    page.get_by_label("Penjelasan").fill(WHY)

    with httpx.Client(base_url=site) as http:
        why = {"reason_code": "A03", "reason": WHY}
        Office(http, sign_in_as(urls, "lurah", HERE)).done(number, "status", to="ditolak", **why)
    page.get_by_role("button", name="Simpan: Belum diakomodir").click()

    expect(page.get_by_text("Langkah ini tidak tersedia lagi")).to_be_visible()
    expect(page.get_by_label("Penjelasan")).to_have_value(WHY)
    expect(page.get_by_role("button", name="Simpan: Belum diakomodir")).to_have_count(0)


def test_a_sign_in_that_is_over_loses_nothing_that_was_typed(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Got tujuh")
    page = work(f"?usulan={number}")
    step_by_mouse(page, "Belum diakomodir")
    page.get_by_label("Alasan", exact=True).select_option("A08")
    page.get_by_label("Penjelasan").fill(WHY)

    page.context.clear_cookies()
    page.get_by_role("button", name="Simpan: Belum diakomodir").click()
    again = page.get_by_role("link", name="Masuk lagi")
    expect(again).to_have_attribute("href", re.compile(r"^/masuk\?ke=%2Fkerja%3Fusulan%3D"))
    be(page, sign_in_as(urls, "lurah", HERE))
    again.click()

    expect(page).to_have_url(re.compile(rf"/kerja\?usulan={number}"))
    step_by_mouse(page, "Belum diakomodir")
    expect(page.get_by_label("Penjelasan")).to_have_value(WHY)


def test_without_a_network_the_step_waits_with_its_words(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Got delapan")
    page = work(f"?usulan={number}")
    step_by_mouse(page, "Periksa")
    page.get_by_label("Catatan").fill("Sudah dilihat bersama pak RT.")
    page.context.set_offline(True)

    page.get_by_role("button", name="Simpan: Periksa").click()
    told = page.get_by_role("alert").filter(has_text="Langkah ini belum tersimpan")
    expect(told).to_contain_text("Isian Anda masih ada")
    page.context.set_offline(False)
    page.get_by_role("button", name="Simpan: Periksa").click()

    outcome(page, "Got delapan: sekarang “Diperiksa kelurahan”.")
    assert status_of(urls, number) == "verifikasi_kel"


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(open_page: OpenPage) -> None:
    page = open_page("/kerja?queue=ragu", viewport=OFFICE)

    expect(page).to_have_url(re.compile(r"/masuk\?ke=%2Fkerja%3Fqueue%3Dragu$"))


def test_an_usulan_of_another_area_is_not_there(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = world.add(urls, [proposed(BESIDE, title="Got sembilan")])[0]

    page = work(f"?usulan={number}")

    expect(page.get_by_text("Usulan ini tidak ada dalam wilayah kerja Anda")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Got sembilan")


def test_j_and_k_walk_through_open_usulan_and_escape_leads_back_to_the_list(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    titles = ["Lampu satu", "Lampu dua", "Lampu tiga"]
    for title in titles:
        add(urls, title)
    page = work("?q=Lampu&sort=supporters")
    shown = page.locator(".row-title")
    expect(shown).to_have_count(3)
    [first, second, _] = shown.all_inner_texts()
    open_by_keys(page, first)

    page.keyboard.press("j")
    expect(page.get_by_role("heading", name=second)).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name=first)).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name=re.compile(first))).to_be_focused()
    expect(page).not_to_have_url(re.compile("usulan="))


def test_what_is_late_is_told_in_words_and_stands_first(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Talud lama")

    page = work("?q=Talud", role="lurah")

    expect(page.locator(".row").first.locator(".due")).to_contain_text(re.compile(r"Lewat \d"))
    late = page.get_by_role("button", name=re.compile(r"^Terlambat, \d+ usulan"))
    expect(late).to_be_visible()


def test_an_empty_queue_says_what_there_is_otherwise(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Jembatan")
    page = work("?queue=menunggu_jawaban&q=Jembatan")
    expect(page.get_by_text("Tidak ada yang cocok dengan saringan")).to_be_visible()

    page.get_by_role("button", name="Hapus saringan").first.click()
    page.get_by_role("button", name=re.compile("^Semua, ")).click()

    expect(page.get_by_role("button", name=re.compile("Jembatan"))).to_be_visible()
    expect(page).to_have_url(re.compile("queue=semua"))


def test_the_map_and_the_list_open_the_same_usulan(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    spot = Spot(9, 5)
    number = world.add(urls, [proposed(spot, title="Got di tengah RT")])[0]
    page = work("", role="ketua_rt", spot=spot)
    expect(page.get_by_role("button", name=re.compile("Got di tengah RT"))).to_be_visible()
    expect(page.locator(".legend-own")).to_be_visible()
    come_to_rest(page)
    box = page.get_by_role("application").bounding_box()
    assert box

    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    expect(page.get_by_role("heading", name="Got di tengah RT")).to_be_focused()
    expect(page.locator('.row[data-chosen="true"]')).to_contain_text("Got di tengah RT")
    expect(page).to_have_url(re.compile(f"usulan={number}"))


def test_the_shortcuts_are_shown_and_closed_by_keys(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Pagar")
    page = work("?q=Pagar")
    open_by_keys(page, "Pagar")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("usulan berikut")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Pagar")).to_be_focused()


@pytest.mark.parametrize("viewport", [OFFICE, {"width": 1440, "height": 900}])
def test_the_first_step_is_in_the_window_without_scrolling(
    work: Callable[..., Page], urls: DatabaseUrls, viewport: dict[str, int]
) -> None:
    number = add(urls, "Trotoar rusak")
    page = work(f"?usulan={number}", viewport=viewport)
    step = page.locator("#langkah button").first
    expect(step).to_be_visible()

    box = step.bounding_box()

    assert box
    assert box["y"] + box["height"] <= viewport["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_on_a_phone_list_map_and_usulan_take_turns(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Posyandu bocor")
    page = work("?q=Posyandu", viewport={"width": 360, "height": 640}, has_touch=True)

    page.get_by_role("button", name=re.compile("Posyandu bocor")).tap()
    expect(page.get_by_role("heading", name="Posyandu bocor")).to_be_visible()
    assert page.evaluate(WIDEST) <= 360
    come_to_rest(page)
    page.get_by_role("button", name="Kembali ke daftar").tap()
    page.get_by_role("button", name="Peta", exact=True).tap()

    expect(page.get_by_role("application")).to_be_visible()
    assert page.evaluate(WIDEST) <= 360
