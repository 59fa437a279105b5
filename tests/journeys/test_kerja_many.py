"""One act on many usulan of /kerja, counted before it happens; and named lists of work."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import sign_in_as
from tests.journeys.office import (
    HERE,
    OFFICE,
    add,
    be,
    site,
    status_of,
    urls,
)

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


@pytest.fixture
def work(open_page: OpenPage, urls: DatabaseUrls) -> Callable[..., Page]:
    """Opens /kerja as the operator of a kelurahan."""

    def opened(query: str, **options: object) -> Page:
        page = open_page("/docs", **{"viewport": OFFICE, **options})
        be(page, sign_in_as(urls, "operator_kelurahan", HERE))
        page.goto(f"/kerja{query}")
        return page

    return opened


def go_to_list(page: Page, count: int) -> None:
    expect(page.locator(".row-title")).to_have_count(count)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#daftar")).to_be_focused()


def choose(page: Page, act: str) -> None:
    """Takes an act on the ticked ones, by keys, into its form."""
    page.keyboard.press("b")
    chosen = page.get_by_label("Langkah bersama")
    expect(chosen).to_be_focused()
    page.keyboard.type(act)
    expect(chosen.locator("option:checked")).to_contain_text(act)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_ticked_usulan_are_counted_then_done_by_the_keyboard_alone(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    titles = ["Lampu satu", "Lampu dua", "Lampu tiga"]
    numbers = {title: add(urls, title, estimated_cost=2_000_000) for title in titles}
    page = work("?q=Lampu")
    go_to_list(page, 3)

    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.locator(".many-bar")
    expect(bar).to_contain_text("2 dipilih · Rp4.000.000")
    choose(page, "Periksa")
    expect(page.get_by_role("heading", name="Periksa: 2 usulan")).to_be_visible()
    count = page.get_by_role("button", name="Hitung dahulu")
    expect(count).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Semua 2 usulan akan berubah.")).to_be_visible()
    assert {status_of(urls, number) for number in numbers.values()} == {"diajukan"}
    expect(page.get_by_role("button", name="Simpan untuk 2 usulan")).to_be_focused()
    page.keyboard.press("Enter")

    told = page.locator(".many-outcome")
    expect(told).to_contain_text("Periksa: 2 usulan tersimpan.")
    expect(told).to_be_focused()
    found = sorted(status_of(urls, number) for number in numbers.values())
    assert found == ["diajukan", "verifikasi_kel", "verifikasi_kel"]


def test_those_that_an_act_is_not_for_are_told_before_and_left_alone(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    fresh, checked = add(urls, "Pagar baru"), add(urls, "Pagar lama", "verifikasi_kel")
    page = work("?q=Pagar")
    go_to_list(page, 2)
    page.get_by_label("Pilih semua 2 usulan yang termuat").check()

    choose(page, "Periksa")
    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    expect(page.get_by_text("1 dari 2 usulan akan berubah.")).to_be_visible()
    expect(page.locator(".refused")).to_contain_text("Pagar lama")
    page.get_by_role("button", name="Simpan untuk 1 usulan").press("Enter")

    expect(page.locator(".many-outcome")).to_contain_text("1 usulan tidak berubah:")
    assert (status_of(urls, fresh), status_of(urls, checked)) == (
        "verifikasi_kel",
        "verifikasi_kel",
    )


def test_a_refusal_of_many_asks_its_reason_once_and_counts_anew_when_it_changes(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    numbers = [add(urls, "Tiang satu"), add(urls, "Tiang dua")]
    page = work("?q=Tiang")
    go_to_list(page, 2)
    page.get_by_label("Pilih semua 2 usulan yang termuat").check()
    choose(page, "Tolak")

    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    expect(page.locator(".field-error")).to_have_text(
        ["Pilih alasan.", "Tulis paling sedikit 10 huruf."]
    )
    page.get_by_label("Alasan", exact=True).select_option("A03")
    page.get_by_label("Penjelasan").fill("Lahannya milik pribadi.")
    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    expect(page.get_by_role("button", name="Simpan untuk 2 usulan")).to_be_focused()
    page.get_by_label("Penjelasan").fill("Lahannya milik pribadi, belum ada izin.")
    expect(page.get_by_role("button", name="Simpan untuk 2 usulan")).to_have_count(0)
    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    page.get_by_role("button", name="Simpan untuk 2 usulan").press("Enter")

    expect(page.locator(".many-outcome")).to_contain_text("Tolak: 2 usulan tersimpan.")
    assert {status_of(urls, number) for number in numbers} == {"ditolak"}


def test_what_was_done_to_many_is_undone_from_its_message(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    numbers = [add(urls, "Bak satu"), add(urls, "Bak dua")]
    page = work("?q=Bak")
    go_to_list(page, 2)
    page.get_by_label("Pilih semua 2 usulan yang termuat").check()
    choose(page, "Periksa")
    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    page.get_by_role("button", name="Simpan untuk 2 usulan").press("Enter")

    page.get_by_role("button", name="Urungkan 2 usulan").press("Enter")
    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    page.get_by_role("button", name="Simpan untuk 2 usulan").press("Enter")

    expect(page.locator(".many-outcome")).to_contain_text("2 usulan dikembalikan.")
    assert {status_of(urls, number) for number in numbers} == {"diajukan"}


def test_without_a_network_nothing_of_many_is_lost(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Talang bocor")
    page = work("?q=Talang")
    go_to_list(page, 1)
    page.get_by_label("Pilih Talang bocor").check()
    choose(page, "Belum diakomodir")
    page.get_by_label("Alasan", exact=True).select_option("A08")
    page.get_by_label("Penjelasan").fill("Menunggu anggaran berikut.")
    page.context.set_offline(True)

    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    told = page.get_by_role("dialog").get_by_role("alert")
    expect(told).to_contain_text("Isian Anda masih ada")
    expect(page.get_by_label("Penjelasan")).to_have_value("Menunggu anggaran berikut.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Hitung dahulu").press("Enter")
    page.get_by_role("button", name="Simpan untuk 1 usulan").press("Enter")

    expect(page.locator(".many-outcome")).to_be_visible()
    assert status_of(urls, number) == "belum_diakomodir"


def test_ticks_are_of_one_list_and_do_not_follow_into_another(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Gapura retak")
    page = work("?q=Gapura")
    go_to_list(page, 1)
    page.get_by_label("Pilih Gapura retak").check()
    expect(page.locator(".many-bar")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Semua, ")).click()

    expect(page).to_have_url(re.compile("queue=semua"))
    expect(page.locator(".many-bar")).to_have_count(0)


def test_a_list_is_saved_under_a_name_opened_by_it_and_forgotten(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Kursi taman")
    page = work("?queue=semua&group=SP&q=Kursi&sort=supporters")
    expect(page.locator(".row-title")).to_have_count(1)

    page.get_by_role("button", name="Simpan tampilan ini").press("Enter")
    expect(page.get_by_label("Nama tampilan")).to_be_focused()
    page.keyboard.type("Kursi & bangku")
    page.keyboard.press("Enter")
    views = page.get_by_role("combobox", name="Tampilan", exact=True)
    expect(views.locator("option:checked")).to_have_text("Kursi & bangku")

    page.goto("/kerja")
    expect(views.locator("option:checked")).to_have_text("pilih")
    views.select_option("Kursi & bangku")
    expect(page).to_have_url(re.compile(r"\?queue=semua&group=SP&q=Kursi&sort=supporters$"))
    expect(page.locator(".row-title")).to_have_count(1)
    page.get_by_role("button", name="Hapus tampilan ini").press("Enter")
    expect(views).to_have_count(0)


def test_on_a_phone_many_are_acted_on_without_a_wider_page(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Ayunan patah")
    page = work("?q=Ayunan", viewport={"width": 360, "height": 640}, has_touch=True)
    expect(page.locator(".row-title")).to_have_count(1)

    page.locator(".row-tick").tap()
    page.get_by_label("Langkah bersama").select_option("status:verifikasi_kel")
    page.get_by_role("button", name="Lanjut").tap()
    page.get_by_role("button", name="Hitung dahulu").tap()
    page.get_by_role("button", name="Simpan untuk 1 usulan").tap()

    expect(page.locator(".many-outcome")).to_be_visible()
    assert status_of(urls, number) == "verifikasi_kel"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
