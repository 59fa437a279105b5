"""An administrator of a city looks after its officers on /akun, and sees which letters failed."""

import re
from collections.abc import Callable

import httpx
import psycopg
import pytest
from playwright.sync_api import Locator, Page, expect

from app.cluster import DatabaseUrls
from app.tokens import digest_of
from tests.app.moderation.officers import sign_in_as
from tests.journeys.conftest import PHONE
from tests.journeys.office import HERE, OFFICE, be, site, urls
from tests.journeys.officers import PASSWORD, admit

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


@pytest.fixture
def admin(open_page: OpenPage, urls: DatabaseUrls) -> Callable[..., Page]:
    """Opens a part of /akun as an administrator of the city, `admin("surel")`."""

    def opened(part: str = "petugas", *, role: str = "admin_kota", **options: object) -> Page:
        page = open_page("/docs", **{"viewport": OFFICE, **options})
        be(page, sign_in_as(urls, role))
        page.goto(f"/akun#{part}")
        return page

    return opened


def fill(page: Page, email: str, name: str, role: str) -> None:
    page.get_by_text("Beri peran kepada seseorang").click()
    page.get_by_label("Surel", exact=True).fill(email)
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_label("Peran", exact=True).select_option(role)


def row_of(page: Page, email: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_text(email, exact=True))


def test_somebody_is_invited_to_a_kelurahan_by_a_link_that_is_shown_once(
    admin: Callable[..., Page], site: str
) -> None:
    page = admin()
    fill(page, "wati@contoh.go.id", "Wati", "Lurah")
    page.get_by_label("Kecamatan").select_option(index=1)
    page.get_by_label("Kelurahan").select_option(index=1)
    page.get_by_label("Sampai tanggal").fill("2099-12-31")

    page.get_by_role("button", name="Beri peran").click()

    shown = page.get_by_role("region", name="Tautan untuk Wati")
    expect(shown).to_be_focused()
    link = page.inner_text("#tautan-undangan")
    token = link.partition("#undangan=")[2]
    row = row_of(page, "wati@contoh.go.id")
    expect(row).to_contain_text("Menunggu kata sandi")
    expect(row).to_contain_text("Lurah")
    expect(row).to_contain_text("sampai 31 Desember 2099")
    sent = {"token": token, "password": PASSWORD}
    assert httpx.post(f"{site}/api/v1/password", json=sent).status_code == 204
    page.reload()
    expect(row).to_contain_text("Aktif")
    assert token not in page.content()


def test_a_role_by_field_is_given_to_who_has_an_account_already(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    email = admit(site, urls, "lurah", HERE.kelurahan)
    page = admin()
    fill(page, email, "Sri Rahayu", "Verifikator OPD")
    expect(page.get_by_role("combobox", name="Kecamatan")).to_have_count(0)
    fields = page.get_by_role("group", name="Urusan")
    fields.get_by_label("Pekerjaan umum dan penataan ruang").press("Space")
    fields.get_by_label("Sosial").press("Space")
    page.get_by_label("Kode program").fill("2.15.02")

    page.get_by_role("button", name="Beri peran").click()

    expect(page.get_by_text("sudah punya akun; perannya ditambahkan")).to_be_visible()
    expect(row_of(page, email)).to_contain_text(
        "urusan Pekerjaan umum dan penataan ruang; Sosial; Perhubungan (program 2.15.02)"
    )


def test_an_officer_reads_in_words_which_fields_his_role_is_for(
    open_page: OpenPage, urls: DatabaseUrls
) -> None:
    page = open_page("/docs")
    be(page, sign_in_as(urls, "verifikator_opd", fields=("1.02", "1.03.10")))

    page.goto("/akun")

    role = page.get_by_role("row").filter(has_text="Verifikator OPD")
    expect(role).to_contain_text(
        "urusan Kesehatan; Pekerjaan umum dan penataan ruang (program 1.03.10)"
    )
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("row").filter(has_text="1.03.10")).to_contain_text("Health")


def test_a_role_that_is_not_whole_is_told_at_its_fields_and_nothing_is_lost(
    admin: Callable[..., Page],
) -> None:
    page = admin()
    fill(page, "tanpa-at", "", "Lurah")

    page.get_by_role("button", name="Beri peran").click()

    expect(page.locator(".field-error")).to_have_text(
        [
            "Surel ini kurang lengkap, misalnya nama@kota.go.id.",
            "Tulis namanya.",
            "Pilih wilayah sampai tingkat peran ini.",
        ]
    )
    expect(page.get_by_label("Surel", exact=True)).to_be_focused()
    expect(page.get_by_label("Surel", exact=True)).to_have_value("tanpa-at")


def test_a_role_by_field_is_for_all_fields_only_where_that_is_said(
    admin: Callable[..., Page],
) -> None:
    page = admin()
    page.route("**/api/v1/staff/fields", lambda route: route.abort())
    page.reload()
    fill(page, "opd@contoh.go.id", "Ibu OPD", "Verifikator OPD")

    page.get_by_role("button", name="Beri peran").click()
    expect(page.locator(".field-error")).to_contain_text(
        ["Pilih urusannya, atau tandai “Semua urusan”.", "Daftar urusan tidak dapat dibaca."]
    )
    page.get_by_label("Semua urusan").press("Space")
    page.get_by_role("button", name="Beri peran").click()

    expect(row_of(page, "opd@contoh.go.id")).to_contain_text("Verifikator OPD")


def test_what_the_server_refuses_is_told_at_its_field(admin: Callable[..., Page]) -> None:
    page = admin()
    fill(page, "lama@contoh.go.id", "Lama", "Walidata")
    page.get_by_label("Sampai tanggal").fill("2020-01-01")

    page.get_by_role("button", name="Beri peran").click()

    expect(page.locator(".field-error")).to_contain_text("sudah lewat")
    expect(page.get_by_label("Sampai tanggal")).to_be_focused()
    expect(page.get_by_label("Nama", exact=True)).to_have_value("Lama")


def test_an_rt_is_chosen_from_its_kecamatan_down_with_the_keyboard(
    admin: Callable[..., Page],
) -> None:
    page = admin()
    fill(page, "rt@contoh.go.id", "Pak RT", "Ketua RT")

    for level in ("Kecamatan", "Kelurahan", "RW", "RT"):
        chosen = page.get_by_label(level, exact=True)
        expect(chosen).to_be_enabled()
        chosen.focus()
        page.keyboard.press("ArrowDown")
    page.get_by_label("Surel", exact=True).press("Enter")

    expect(page.get_by_role("region", name="Tautan untuk Pak RT")).to_be_focused()
    expect(row_of(page, "rt@contoh.go.id")).to_contain_text("RT")


def test_an_account_is_closed_after_asking_and_opened_again_by_a_new_link(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    email = admit(site, urls, "lurah", HERE.kelurahan)
    page = admin()
    row = row_of(page, email)

    row.get_by_role("button", name=re.compile("^Tutup akun")).press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Tidak jadi")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_contain_text("Aktif")
    row.get_by_role("button", name=re.compile("^Tutup akun")).press("Enter")
    dialog.get_by_role("button", name="Ya, tutup akun").press("Enter")

    expect(page.get_by_text("sudah ditutup.")).to_be_visible()
    expect(row).to_contain_text("Ditutup")
    credentials = {"email": email, "password": PASSWORD}
    assert httpx.post(f"{site}/api/v1/session", json=credentials).status_code == 401
    row.get_by_role("button", name=re.compile("^Buka lagi")).press("Enter")
    dialog.get_by_role("button", name="Ya, buka lagi").press("Enter")
    expect(page.locator("#tautan-undangan")).to_contain_text("#undangan=")
    expect(row).to_contain_text("Menunggu kata sandi")


def test_who_has_roles_elsewhere_too_is_out_of_an_administrators_power(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    email = admit(site, urls, "lurah", HERE.kelurahan)
    with psycopg.connect(urls.staff) as connection:
        connection.execute(
            "INSERT INTO peta.role_grant (grant_id, account_id, role, fields, valid_from, created)"
            " SELECT gen_random_uuid(), account_id, 'admin_instalasi', '{}', '2020-01-01', now()"
            " FROM peta.account WHERE email = %s",
            [email],
        )
    page = admin()

    row_of(page, email).get_by_role("button", name=re.compile("^Tutup akun")).press("Enter")
    page.get_by_role("button", name="Ya, tutup akun").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Mintalah kepada admin instalasi")
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_role_is_ended_by_keys_with_a_reason_that_stays_beside_it(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    email = admit(site, urls, "lurah", HERE.kelurahan)
    page = admin()
    row = row_of(page, email)
    row.get_by_role("button", name=re.compile("^Akhiri peran Lurah")).press("Enter")
    expect(page.get_by_label("Alasan peran ini diakhiri")).to_be_focused()

    page.keyboard.type("pindah")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_contain_text("paling sedikit 10 huruf")
    expect(page.get_by_label("Alasan peran ini diakhiri")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" tugas ke kecamatan")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Peran Lurah dari Sri Rahayu sudah diakhiri.")).to_be_focused()
    expect(row).to_contain_text("pindah tugas ke kecamatan")
    expect(row.get_by_role("button", name=re.compile("^Akhiri peran"))).to_have_count(0)
    with httpx.Client(base_url=site) as http:
        sent = {"email": email, "password": PASSWORD}
        assert http.post("/api/v1/session", json=sent).json()["roles"] == []


def test_the_last_administrator_of_a_city_is_not_taken_away_and_the_page_says_why(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    email = admit(site, urls, "admin_kota", None)
    page = admin()

    row_of(page, email).get_by_role("button", name=re.compile("^Akhiri peran")).press("Enter")
    page.get_by_label("Alasan peran ini diakhiri").fill("pindah tugas ke kecamatan")
    page.get_by_role("button", name="Akhiri peran", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Ini admin terakhir kota ini")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Alasan peran ini diakhiri")).to_have_value(
        "pindah tugas ke kecamatan"
    )


def test_one_does_not_close_ones_own_account(admin: Callable[..., Page]) -> None:
    page = admin()

    own = page.get_by_role("listitem").filter(has=page.get_by_text("Anda", exact=True))

    expect(own).to_have_count(1)
    expect(own.get_by_role("button")).to_have_count(0)


def test_somebody_is_found_among_many_by_name_role_or_address(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    emails = [admit(site, urls, "walidata", None) for _ in range(6)]
    page = admin()

    page.get_by_label("Cari petugas").fill(emails[2].upper())

    expect(page.get_by_text(re.compile(r"^1 dari \d+ petugas$"))).to_be_visible()
    expect(row_of(page, emails[2])).to_be_visible()
    expect(row_of(page, emails[3])).to_have_count(0)


def test_who_administers_nothing_sees_his_own_account_alone(admin: Callable[..., Page]) -> None:
    page = admin(role="walidata")

    expect(page.get_by_role("heading", name="Peran Anda")).to_be_visible()

    expect(page.get_by_role("link", name="Petugas")).to_have_count(0)
    expect(page.get_by_label("Surel", exact=True)).to_have_count(0)


def test_the_parts_of_the_page_are_gone_through_by_their_links_and_back(
    admin: Callable[..., Page],
) -> None:
    page = admin()
    expect(page.get_by_text("Beri peran kepada seseorang")).to_be_visible()

    page.get_by_role("link", name="Surel terkirim").click()
    expect(page.get_by_text("Tidak ada yang gagal dikirim.")).to_be_visible()
    page.get_by_role("link", name="Akun saya", exact=True).click()
    expect(page.get_by_role("heading", name="Peran Anda")).to_be_visible()
    page.go_back()

    expect(page.get_by_text("Tidak ada yang gagal dikirim.")).to_be_visible()


def test_a_letter_that_could_not_be_sent_is_told_with_its_reason(
    admin: Callable[..., Page], site: str, urls: DatabaseUrls
) -> None:
    email = admit(site, urls, "lurah", HERE.kelurahan)
    with psycopg.connect(urls.owner) as connection:
        connection.execute(
            "INSERT INTO peta.notice (notice_id, kind, language, account_id, created, due,"
            " attempts, failure, reply_code, given_up)"
            " SELECT gen_random_uuid(), 'sandi', 'id', account_id, now(), now(), 1,"
            " 'ditolak', 550, now() FROM peta.account WHERE email = %s",
            [email],
        )

    page = admin("surel")

    letter = page.get_by_role("listitem").filter(has_text=email)
    expect(letter).to_contain_text("Tidak terkirim")
    expect(letter).to_contain_text("kode 550")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_the_officers_fit_the_window_and_are_told_in_english(
    admin: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = admin(viewport=viewport)
    expect(page.get_by_text("Beri peran kepada seseorang")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

    page.get_by_role("button", name="English").click()

    expect(page.get_by_text("Give somebody a role")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    told = page.get_by_role("main").inner_text()
    for word in ("Petugas", "Beri peran", "Sampai tanggal", "Wilayah", "Tutup akun"):
        assert word not in told


def test_a_sign_in_that_ends_while_a_form_is_filled_in_loses_nothing_of_it(
    admin: Callable[..., Page], urls: DatabaseUrls
) -> None:
    page = admin()
    fill(page, "tono@contoh.go.id", "Tono", "Walidata")
    [held] = [each for each in page.context.cookies() if each["name"] == "peta_masuk"]
    with psycopg.connect(urls.owner) as connection:
        connection.execute(
            "UPDATE peta.sign_in SET seen = seen - interval '13 hours' WHERE token_digest = %s",
            [digest_of(held["value"])],
        )

    page.get_by_role("button", name="Beri peran").click()

    again = page.get_by_role("alert").get_by_role("link", name="Masuk lagi")
    expect(again).to_have_attribute("target", "_blank")
    expect(page.get_by_label("Surel", exact=True)).to_have_value("tono@contoh.go.id")
    with psycopg.connect(urls.owner) as connection:  # as he who signs in in another tab
        connection.execute(
            "UPDATE peta.sign_in SET seen = now() WHERE token_digest = %s",
            [digest_of(held["value"])],
        )
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(again).to_have_count(0)
    page.get_by_role("button", name="Beri peran").click()
    expect(page.get_by_role("region", name="Tautan untuk Tono")).to_be_visible()
