"""An officer loads a list on /muat: sent, tried, stored whole, and taken back."""

import re
from collections.abc import Callable
from itertools import count

import psycopg
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from app.sheets.read import opened_sheets
from tests.app.moderation.officers import sign_in_as
from tests.app.world import Spot
from tests.journeys.conftest import PHONE
from tests.journeys.office import OFFICE, be, site, urls
from tests.journeys.rest import come_to_rest

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
HERE, BESIDE = Spot(1, 1), Spot(12, 6)
HEADER = "Kode,Judul Usulan,Permasalahan,Kategori,Bujur,Lintang"
PROBLEM = "Jalan berlubang di depan sekolah"
MOST_STEPS = 60
_NUMBERS = count(1)


@pytest.fixture
def muat(open_page: OpenPage, urls: DatabaseUrls) -> Callable[..., Page]:
    """Opens /muat as somebody of a role, `muat(role="camat")`."""

    def opened(role: str = "operator_kelurahan", path: str = "/muat", **options: object) -> Page:
        page = open_page("/docs", **{"viewport": OFFICE, **options})
        be(page, sign_in_as(urls, role, HERE))
        page.goto(path)
        return page

    return opened


def row(key: str, spot: Spot = HERE, category: str = "Jalan rusak") -> str:
    place = spot.middle
    return f"{key},Jalan {key},{PROBLEM},{category},{place.x},{place.y}"


def listed(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def new_keys(many: int) -> list[str]:
    return [f"K{next(_NUMBERS):04}" for _ in range(many)]


def choose(page: Page, content: str, name: str = "usulan 2027.csv") -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    page.get_by_label("Berkas daftar usulan").set_input_files(file)


def send(page: Page, content: str, name: str = "usulan 2027.csv") -> None:
    """A list that was sent and read."""
    choose(page, content, name)
    page.get_by_role("button", name="Kirim dan baca").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("Menunggu Anda")).to_be_visible()


def press(page: Page, name: str) -> None:
    """A button reached by the keyboard and pressed."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_visible()
    for _ in range(MOST_STEPS):
        if button.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def stored(urls: DatabaseUrls, keys: list[str]) -> set[str]:
    with psycopg.connect(urls.staff) as connection:
        statement = "SELECT source_id FROM peta.usulan WHERE source_id = ANY(%s)"
        return {key for (key,) in connection.execute(statement, [keys])}


def test_a_list_is_tried_stored_and_taken_back_by_the_keyboard(
    muat: Callable[..., Page], urls: DatabaseUrls
) -> None:
    page, keys = muat(), new_keys(2)
    choose(page, listed(*map(row, keys)))

    press(page, "Kirim dan baca")
    press(page, "Periksa daftar")
    expect(page.get_by_role("heading", name="Bila disimpan")).to_be_visible()
    assert stored(urls, keys) == set()
    press(page, "Simpan 2 usulan")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 usulan baru akan dibuat.")
    expect(dialog.get_by_role("button", name="Simpan 2 usulan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Usulan dari daftar ini sudah tersimpan.")).to_be_visible()
    assert stored(urls, keys) == set(keys)
    press(page, "Tarik kembali muatan")
    expect(dialog).to_contain_text("Tarik kembali 2 usulan?")
    page.keyboard.press("Enter")

    expect(page.get_by_text("2 usulan ditarik kembali.")).to_be_visible()
    assert stored(urls, keys) == set()


def test_rows_outside_the_own_area_are_told_one_by_one(
    muat: Callable[..., Page], urls: DatabaseUrls
) -> None:
    page, keys = muat(), new_keys(2)
    send(page, listed(row(keys[0]), row(keys[1], BESIDE)))

    page.get_by_role("button", name="Periksa daftar").click()

    refused = page.get_by_role("table", name="Baris yang ditolak")
    expect(refused.get_by_role("row").nth(1)).to_contain_text("3")
    expect(refused).to_contain_text("Di luar wilayah tugas Anda")
    expect(refused).to_contain_text("bukan di wilayah")
    expect(page.get_by_role("table", name="Baris yang diterima per wilayah")).to_contain_text("RW")
    expect(page.get_by_text("1 baris yang ditolak")).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Unduh yang ditolak (XLSX)").click()
    with opened_sheets(downloading.value.path()) as [sheet]:
        [cells] = [each.cells for each in sheet.read_rows()]
    assert keys[1] in cells


def test_all_refused_rows_are_read_in_words_a_page_at_a_time(muat: Callable[..., Page]) -> None:
    page, keys = muat(), new_keys(120)
    send(page, listed(*(row(key, BESIDE) for key in keys)))
    page.get_by_role("button", name="Periksa daftar").click()
    refused = page.get_by_role("table", name="Baris yang ditolak")
    expect(refused.get_by_role("row")).to_have_count(51)
    expect(page.get_by_text("1 sampai 50 dari 120")).to_be_visible()

    following = page.get_by_role("button", name="Berikutnya")
    following.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("51 sampai 100 dari 120")).to_be_visible()
    expect(following).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("101 sampai 120 dari 120")).to_be_visible()
    expect(refused.get_by_role("row")).to_have_count(21)
    expect(refused.get_by_role("row").last).to_contain_text("121")
    expect(refused.get_by_role("row").last).to_contain_text("Di luar wilayah tugas Anda")
    expect(following).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Sebelumnya").click()
    expect(page.get_by_text("51 sampai 100 dari 120")).to_be_visible()


def test_a_reload_comes_back_to_the_load_as_it_stands(muat: Callable[..., Page]) -> None:
    page = muat()
    send(page, listed(row(*new_keys(1))))
    page.get_by_role("button", name="Periksa daftar").click()
    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()

    page.reload()

    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()
    page.get_by_role("link", name="Semua muatan").click()
    expect(page.get_by_role("link", name="usulan 2027.csv").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()


def test_a_guess_is_shown_with_samples_and_corrected(muat: Callable[..., Page]) -> None:
    page, keys = muat(), new_keys(1)
    header = HEADER.replace("Judul Usulan", "Kolom A")
    send(page, listed(row(keys[0]), header=header))
    columns = page.get_by_role("table", name="Kolom berkas dan artinya")
    expect(columns.get_by_role("row", name=re.compile("^Permasalahan"))).to_contain_text(PROBLEM)
    expect(columns.get_by_role("row", name=re.compile("^Permasalahan"))).to_contain_text("yakin")

    page.get_by_label("Isi kolom Kolom A").select_option("Judul")
    expect(columns.get_by_role("row", name=re.compile("^Kolom A"))).to_contain_text("pilihan Anda")
    page.get_by_role("button", name="Periksa daftar").click()

    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()


def test_what_was_changed_after_a_dry_run_is_tried_again_before_it_is_stored(
    muat: Callable[..., Page],
) -> None:
    page = muat()
    send(page, listed(row(*new_keys(1))))
    page.get_by_role("button", name="Periksa daftar").click()
    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()

    page.get_by_text("Ubah arti kolom").click()
    page.get_by_label("Isi kolom Permasalahan").select_option("tidak dipakai")

    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_have_count(0)
    expect(page.get_by_text("periksa lagi sebelum menyimpan")).to_be_visible()
    page.get_by_role("button", name="Periksa lagi").click()
    expect(page.get_by_text("Isian wajib kosong").first).to_be_visible()


def test_a_word_without_a_sure_meaning_is_given_one(muat: Callable[..., Page]) -> None:
    page = muat()
    send(page, listed(*(row(key) for key in new_keys(8)), row(*new_keys(1), category="Zzyzx")))

    page.get_by_label("Kategori untuk “Zzyzx”").select_option("SP01")
    page.get_by_role("button", name="Periksa daftar").click()

    expect(page.get_by_role("button", name="Simpan 9 usulan")).to_be_visible()


def test_a_load_is_cancelled_after_a_question(muat: Callable[..., Page]) -> None:
    page = muat()
    send(page, listed(row(*new_keys(1))))

    page.get_by_role("button", name="Batalkan muatan").click()
    page.get_by_role("dialog").get_by_role("button", name="Jangan").click()
    expect(page.get_by_text("Menunggu Anda")).to_be_visible()
    page.get_by_role("button", name="Batalkan muatan").click()
    page.get_by_role("dialog").get_by_role("button", name="Batalkan muatan").click()

    expect(page.get_by_text("berkasnya sudah dihapus")).to_be_visible()


def test_a_file_that_is_no_list_says_why(muat: Callable[..., Page]) -> None:
    page = muat()

    choose(page, "%PDF-1.7 bukan daftar", "surat.pdf")
    page.get_by_role("button", name="Kirim dan baca").click()

    expect(page.get_by_role("alert")).to_contain_text("Daftar ini tidak dapat dimuat")
    expect(page.get_by_role("alert")).to_contain_text("kirim sebagai muatan baru")
    expect(page.get_by_role("button", name="Periksa daftar")).to_have_count(0)


def test_sending_without_a_network_keeps_what_was_chosen(muat: Callable[..., Page]) -> None:
    page = muat()
    choose(page, listed(row(*new_keys(1))))
    page.get_by_label("Tahun anggaran").fill("2027")
    page.context.set_offline(offline=True)

    page.get_by_role("button", name="Kirim dan baca").click()
    expect(page.get_by_role("alert")).to_contain_text("Koneksi terputus")
    expect(page.get_by_role("alert")).to_be_focused()
    page.context.set_offline(offline=False)
    page.get_by_role("button", name="Kirim dan baca").click()

    expect(page.get_by_text("tahun 2027")).to_be_visible()


def test_nothing_chosen_and_a_strange_year_are_told_at_their_fields(
    muat: Callable[..., Page],
) -> None:
    page = muat()

    page.get_by_role("button", name="Kirim dan baca").click()
    expect(page.get_by_text("Pilih berkas dulu.")).to_be_visible()
    expect(page.get_by_label("Berkas daftar usulan")).to_be_focused()
    choose(page, listed(row(*new_keys(1))))
    page.get_by_label("Tahun anggaran").fill("27")
    page.get_by_role("button", name="Kirim dan baca").click()

    expect(page.get_by_text("Tulis tahun dengan empat angka")).to_be_visible()
    expect(page.get_by_label("Tahun anggaran")).to_be_focused()


def test_a_load_of_another_area_is_told_as_not_there(muat: Callable[..., Page]) -> None:
    page = muat(path="/muat?muatan=01930d6e-7c1a-7b32-8f4e-000000000001")

    expect(page.get_by_role("heading", name="Muatan ini tidak ada")).to_be_visible()


def test_who_loads_nothing_is_told_so_and_finds_no_way_in(muat: Callable[..., Page]) -> None:
    page = muat(role="camat")
    expect(page.get_by_role("heading", name="Peran Anda tidak memuat daftar")).to_be_visible()

    page.get_by_role("main").get_by_role("link", name="Kotak kerja").click()
    expect(page.get_by_role("heading", name=re.compile("usulan|Tidak ada")).first).to_be_visible()

    expect(page.get_by_role("link", name="Muat daftar")).to_have_count(0)


def test_who_is_signed_out_goes_to_sign_in_and_comes_back(open_page: OpenPage) -> None:
    page = open_page("/muat", viewport=OFFICE)

    expect(page).to_have_url(re.compile(r"/masuk\?ke=%2Fmuat"))


@pytest.mark.parametrize("locale", ["id", "en"])
def test_a_phone_shows_the_whole_load_without_moving_sideways(
    muat: Callable[..., Page], locale: str
) -> None:
    page = muat(path="/kerja", viewport=PHONE)
    page.get_by_role("link", name="Muat daftar").click()
    keys = new_keys(2)
    send(page, listed(row(keys[0]), row(keys[1], BESIDE)))
    page.get_by_role("button", name="Periksa daftar").click()
    expect(page.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()

    if locale == "en":
        page.get_by_role("button", name="English").click()
    come_to_rest(page)

    saving = {"id": "Simpan 1 usulan", "en": "Store 1 proposal"}[locale]
    expect(page.get_by_role("button", name=saving)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
