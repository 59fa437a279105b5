"""What an officer corrects on /kerja: words, place, publication; and how a step is taken back."""

import re
from collections.abc import Callable

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import sign_in_as
from tests.journeys.office import (
    HERE,
    OFFICE,
    add,
    be,
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
PHONE = "0812-3456-7890"
POCKET = {"width": 360, "height": 640}


@pytest.fixture
def work(open_page: OpenPage, urls: DatabaseUrls) -> Callable[..., Page]:
    """Opens an usulan on /kerja as the operator of its kelurahan, unless as somebody else."""

    def opened(number: str, role: str = "operator_kelurahan") -> Page:
        page = open_page("/docs", viewport=OFFICE)
        be(page, sign_in_as(urls, role, HERE))
        page.goto(f"/kerja?usulan={number}")
        expect(page.locator("#langkah button").first).to_be_visible()
        page.locator("#usulan").focus()
        return page

    return opened


def write(page: Page, label: str, text: str) -> None:
    """Fills the field that has the focus, and goes on to the next."""
    expect(page.get_by_label(label, exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def save(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=f"Simpan: {name}")).to_be_focused()
    page.keyboard.press("Enter")


def column_of(urls: DatabaseUrls, number: str, name: str) -> object:
    with psycopg.connect(urls.staff) as connection:
        statement = "SELECT to_jsonb(usulan) -> %s FROM peta.usulan WHERE number = %s"
        row = connection.execute(statement, [name, number]).fetchone()
    assert row
    return row[0]


def test_a_telephone_number_is_closed_to_the_public_and_kept_for_officers(
    work: Callable[..., Page], urls: DatabaseUrls, site: str
) -> None:
    number = add(urls, "Lubang satu", problem=f"Jalan berlubang, hubungi {PHONE} bila perlu.")
    page = work(number)

    step_by_keys(page, "Tutup kata")
    expect(page.get_by_label("Bagian")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Kata yang ditutup")).to_have_value(PHONE)
    page.keyboard.press("Tab")
    write(page, "Penjelasan", "Nomor telepon pribadi di dalam uraian.")
    save(page, "Tutup kata")

    outcome(page, "Lubang satu: kata ditutup.")
    expect(page.locator(".problem")).to_contain_text("hubungi [ditutup] bila perlu")
    expect(page.get_by_role("heading", name="Kata yang ditutup dari publik")).to_be_visible()
    expect(page.locator(".kerja-detail")).to_contain_text(PHONE)
    assert PHONE not in httpx.get(f"{site}/api/v1/usulan/{number}").text


def test_words_that_are_not_there_are_told_at_their_field(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    page = work(add(urls, "Lubang dua"))

    step_by_keys(page, "Tutup kata")
    expect(page.get_by_label("Bagian")).to_be_focused()
    page.keyboard.press("Tab")
    write(page, "Kata yang ditutup", "tidak tertulis")
    write(page, "Penjelasan", "Nama orang di dalam uraian.")
    save(page, "Tutup kata")

    expect(page.locator(".field-error")).to_contain_text("Kata-kata ini tidak ada")
    expect(page.get_by_label("Kata yang ditutup")).to_be_focused()
    expect(page.get_by_label("Kata yang ditutup")).to_have_value("tidak tertulis")


def test_a_step_is_undone_from_the_message_that_tells_of_it(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang tiga")
    page = work(number)
    step_by_keys(page, "Periksa")
    save(page, "Periksa")
    outcome(page, "sekarang “Diperiksa kelurahan”")

    undo = page.locator(".notice-ok").get_by_role("button", name="Urungkan")
    expect(undo).to_be_visible()
    page.keyboard.press("Tab")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    save(page, "Urungkan")

    outcome(page, "langkah terakhir diurungkan, status “Diajukan”")
    expect(page.locator(".timeline .event").first).to_contain_text("Langkah diurungkan")
    assert status_of(urls, number) == "diajukan"


def test_holding_back_asks_why_and_showing_again_does_not(
    work: Callable[..., Page], urls: DatabaseUrls, site: str
) -> None:
    number = add(urls, "Lubang empat")
    page = work(number)

    step_by_keys(page, "Tahan dari publik")
    expect(page.get_by_label("Penjelasan")).to_be_focused()
    page.keyboard.press("Tab")
    save(page, "Tahan dari publik")
    expect(page.locator(".field-error")).to_have_text("Tulis paling sedikit 10 huruf.")
    write(page, "Penjelasan", "Menyebut nama tetangga.")
    save(page, "Tahan dari publik")

    outcome(page, "Lubang empat: tayangan diubah.")
    expect(page.get_by_text("Belum tayang bagi publik.")).to_be_visible()
    assert httpx.get(f"{site}/api/v1/usulan/{number}").status_code == 404
    step_by_keys(page, "Tayangkan")
    save(page, "Tayangkan")
    expect(page.get_by_text("Belum tayang bagi publik.")).to_have_count(0)
    assert httpx.get(f"{site}/api/v1/usulan/{number}").status_code == 200


def test_the_keyboard_moves_an_usulan_to_the_middle_of_the_map(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang lima")
    # Of the whole city: the middle of the map may lie in another kelurahan.
    page = work(number, "walidata")
    come_to_rest(page)

    step_by_keys(page, "Pindahkan")
    place = page.get_by_label("Tempat baru")
    expect(place).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Pakai tengah peta")).to_be_focused()
    page.keyboard.press("Enter")
    expect(place).to_have_value(re.compile(r"^110\.\d{6}, -7\.\d{6}$"))
    wanted = [float(part) for part in place.input_value().split(",")]
    page.keyboard.press("Tab")
    write(page, "Penjelasan", "Pin jatuh di gang sebelah.")
    save(page, "Pindahkan")

    outcome(page, "Lubang lima: tempat dipindahkan.")
    expect(page.locator(".timeline .event").first).to_contain_text("Tempat dipindahkan")
    geom = column_of(urls, number, "geom")
    assert isinstance(geom, dict)
    assert geom["coordinates"] == wanted


def test_a_tap_on_the_map_fills_in_the_new_place(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang enam")
    page = work(number)
    expect(page.locator(".legend-own")).to_be_visible()
    come_to_rest(page)
    step_by_keys(page, "Pindahkan")
    box = page.get_by_role("application").bounding_box()
    assert box

    page.mouse.click(box["x"] + 40, box["y"] + box["height"] / 2)
    place = page.get_by_label("Tempat baru")
    expect(place).not_to_have_value("")
    west = float(place.input_value().split(",")[0])
    page.mouse.click(box["x"] + box["width"] - 80, box["y"] + box["height"] / 2)

    expect(place).not_to_have_value(re.compile(rf"^{west:.6f},"))
    assert float(place.input_value().split(",")[0]) > west
    expect(page).to_have_url(re.compile(f"usulan={number}"))


def test_on_a_phone_the_new_place_is_tapped_on_the_map_that_the_form_calls(
    open_page: OpenPage, urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang tujuh belas")
    page = open_page("/docs", viewport=POCKET, has_touch=True)
    be(page, sign_in_as(urls, "operator_kelurahan", HERE))
    page.goto(f"/kerja?usulan={number}")
    page.locator("#langkah").get_by_role("button", name="Pindahkan", exact=True).tap()
    page.get_by_role("button", name="Tunjuk di peta").tap()
    canvas = page.get_by_role("application")
    expect(page.locator(".legend-own")).to_be_visible()
    come_to_rest(page)
    box = canvas.bounding_box()
    assert box
    assert box["height"] > POCKET["height"] / 3

    page.touchscreen.tap(box["x"] + 90, box["y"] + box["height"] / 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= POCKET["width"]
    page.get_by_role("button", name="Pakai titik ini").tap()

    place = page.get_by_label("Tempat baru")
    expect(place).to_have_value(re.compile(r"^110\.\d{6}, -7\.\d{6}$"))
    wanted = [float(part) for part in place.input_value().split(",")]
    reason = page.get_by_label("Penjelasan", exact=True)
    expect(reason).to_be_focused()
    reason.fill("Pin jatuh di gang sebelah.")
    page.get_by_role("button", name="Simpan: Pindahkan").tap()
    outcome(page, "Lubang tujuh belas: tempat dipindahkan.")
    geom = column_of(urls, number, "geom")
    assert isinstance(geom, dict)
    assert geom["coordinates"] == wanted


def test_another_category_is_chosen_with_a_sentence_why(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang tujuh")
    page = work(number)

    step_by_keys(page, "Ubah kategori")
    category = page.get_by_label("Kategori baru")
    expect(category).to_be_focused()
    page.keyboard.type("Saluran drainase")
    expect(category).to_have_value("SP03")
    page.keyboard.press("Tab")
    write(page, "Penjelasan", "Yang rusak salurannya, bukan jalan.")
    save(page, "Ubah kategori")

    outcome(page, "Lubang tujuh: kategori diubah.")
    expect(page.locator(".panel-category")).to_contain_text("Saluran drainase")
    assert column_of(urls, number, "category") == "SP03"


def test_an_usulan_is_sent_to_an_agency_and_its_programme(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang delapan")
    page = work(number)

    step_by_keys(page, "Teruskan ke OPD")
    expect(page.get_by_label("OPD tujuan")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    write(page, "Penjelasan", "Saluran ini kewenangan dinas.")
    save(page, "Teruskan ke OPD")
    expect(page.locator(".field-error")).to_contain_text("Tulis nama OPD")
    write(page, "OPD tujuan (boleh kosong)", "Dinas Pekerjaan Umum")
    write(page, "Kode urusan atau program (boleh kosong)", "1.03")
    page.keyboard.press("Tab")
    save(page, "Teruskan ke OPD")

    outcome(page, "Lubang delapan: diteruskan ke OPD.")
    expect(page.locator(".facts")).to_contain_text("Dinas Pekerjaan Umum · 1.03")
    assert column_of(urls, number, "programme") == "1.03"


def test_doubts_about_a_place_are_settled_and_leave_the_list_of_doubts(
    work: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang sembilan", doubts=["dekat_batas", "akurasi_rendah"])
    page = work(number)
    expect(page.get_by_text("Tempatnya diragukan: dekat batas wilayah")).to_be_visible()

    step_by_keys(page, "Keraguan selesai")
    save(page, "Keraguan selesai")

    outcome(page, "Lubang sembilan: keraguan selesai.")
    expect(page.get_by_text("Tempatnya diragukan")).to_have_count(0)
    step = page.locator("#langkah").get_by_role("button", name="Keraguan selesai")
    expect(step).to_have_count(0)
    assert column_of(urls, number, "doubts") == []


def test_who_may_only_listen_is_offered_no_corrections(
    open_page: OpenPage, urls: DatabaseUrls
) -> None:
    number = add(urls, "Lubang sepuluh", "verifikasi_kel")
    page = open_page("/docs", viewport=OFFICE)
    be(page, sign_in_as(urls, "ketua_rw", HERE))

    page.goto(f"/kerja?usulan={number}")

    expect(page.get_by_role("heading", name="Langkah Anda")).to_be_visible()
    expect(page.get_by_role("group", name="Perbaikan")).to_have_count(0)
