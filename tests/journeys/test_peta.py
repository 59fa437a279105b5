"""Someone reads the public map: filters, list, areas by keyboard, numbers, and what goes wrong."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.reading import (
    ask,
    busy,
    grouped,
    load_to_the_end,
    numbers_in,
    query_of,
    wait_for_map,
)

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def test_the_legend_says_that_cells_and_unlocated_make_the_total(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)

    sentence = page.locator(".legend .hint").last.inner_text()

    stats = ask(site, "stats", level="kota")
    matched, unlocated = stats["numberMatched"], stats["unlocated"]
    assert numbers_in(sentence) == [matched - unlocated, unlocated, matched]


def test_a_filter_changes_the_address_the_list_and_the_tiles_alike(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    page.get_by_label("Tahun").select_option("2025")
    expect(page.locator(".filter-chips")).to_contain_text("Tahun 2025")

    with page.expect_request(
        lambda sent: "/tiles/usulan/" in sent.url and "SP01" in sent.url
    ) as sent:
        page.get_by_label("Kategori").select_option("SP01")

    filters = {"year": "2025", "category": "SP01"}
    matched = ask(site, "usulan", limit=1, **filters)["numberMatched"]
    assert matched > 0
    expect(page.locator(".list-head")).to_contain_text(f"{grouped(matched)} usulan")
    expect(page.locator(".filters-total")).to_contain_text(f"{grouped(matched)} usulan")
    assert {key: query_of(page)[key] for key in filters} == {"year": ["2025"], "category": ["SP01"]}
    asked = parse_qs(urlsplit(sent.value.url).query)
    assert {key: asked[key][0] for key in filters} == filters


def test_the_list_reaches_every_item_of_a_filter(open_page: OpenPage, site: str) -> None:
    filters = {"category": "SP03", "year": "2026"}
    matched = ask(site, "usulan", limit=1, **filters)["numberMatched"]
    assert matched > 50, "one page would prove nothing"
    page = open_page("/?category=SP03&year=2026", viewport=DESK)
    expect(page.locator(".row")).to_have_count(50)

    load_to_the_end(page)

    expect(page.locator(".row")).to_have_count(matched)


def test_the_unlocated_are_listed_by_themselves(open_page: OpenPage, site: str) -> None:
    page = open_page("/?year=2026", viewport=DESK)
    unlocated = ask(site, "stats", level="kota", year=2026)["unlocated"]
    assert unlocated > 0

    page.get_by_role("button", name="Lihat daftarnya").click()
    expect(page.locator(".list-more")).to_contain_text(f"dari {unlocated}")
    load_to_the_end(page)

    expect(page.locator(".row")).to_have_count(unlocated)


def test_an_area_is_chosen_by_keyboard_and_its_numbers_are_those_of_the_statistics(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/?year=2026&at=111.3507,-7.2494,13", viewport=DESK)
    wait_for_map(page)
    page.get_by_role("application").focus()

    page.keyboard.press("n")
    said = page.get_by_test_id("said")
    expect(said).to_contain_text("per 1.000 jiwa")
    name = said.inner_text().split(",")[0]
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    [code] = query_of(page)["area"]
    stats = ask(site, "stats", level="kelurahan", area=code, year=2026)
    [row] = [row for row in stats["rows"] if row["area"] == code]
    expect(page.get_by_test_id("area-count")).to_have_text(grouped(row["count"]))
    rate = f"{row['per_1000']:.1f}".replace(".", ",").removesuffix(",0")
    expect(page.get_by_test_id("area-rate")).to_have_text(rate)
    expect(page.locator(".list-head")).to_contain_text(f"{row['count']} usulan di Kelurahan {name}")


def test_the_keyboard_pans_and_closes_what_is_open(open_page: OpenPage) -> None:
    page = open_page("/?area=99.71.01&at=111.3507,-7.2494,13", viewport=DESK)
    wait_for_map(page)
    page.get_by_role("application").focus()

    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(r"at=111\.35070"))
    page.keyboard.press("Escape")

    expect(page).not_to_have_url(re.compile("area="))


def test_back_undoes_a_filter(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    before = page.locator(".filters-total").inner_text()
    page.get_by_role("button", name="Ekonomi").click()
    expect(page).to_have_url(re.compile("group=EK"))
    expect(page.locator(".filters-total")).not_to_have_text(before)

    page.go_back()

    expect(page).not_to_have_url(re.compile("group="))
    expect(page.locator(".filters-total")).to_have_text(before)


def test_a_rate_takes_the_latest_year_and_says_so(open_page: OpenPage) -> None:
    page = open_page("/?at=111.3507,-7.2494,13", viewport=DESK)
    wait_for_map(page)

    page.get_by_role("button", name="Per 1.000 jiwa").click()

    legend = page.locator(".legend")
    expect(legend).to_contain_text("Usulan per 1.000 jiwa per kelurahan, 2026")
    expect(legend).to_contain_text("dipilih 2026")
    expect(page.locator(".legend-steps span")).to_have_count(5)


def test_the_switch_turns_every_word_into_english(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Create proposal")).to_be_visible()
    expect(page.locator(".legend")).to_contain_text("The cells add up to")
    left = page.locator("body").inner_text()
    assert not re.search(r"\b(Jumlah|Daftar|Saring|Lihat|Tahun|Semua|jiwa|Belum)\b", left)


def test_what_is_counted_has_its_own_word_in_each_language(open_page: OpenPage, site: str) -> None:
    lamps = ask(site, "usulan", category="SP07", limit=50)["features"]
    amounts = {lamp["properties"]["volume"]: lamp["properties"]["number"] for lamp in lamps}
    [several] = [number for volume, number in amounts.items() if volume and volume > 1][:1]
    page = open_page(f"/?usulan={several}", viewport=DESK)
    expect(page.locator(".facts")).to_contain_text("titik")

    page.get_by_role("button", name="English").click()

    expect(page.locator(".facts")).to_contain_text("spots")
    expect(page.locator(".facts")).not_to_contain_text("titik")


def test_an_usulan_opens_with_its_history(open_page: OpenPage, site: str) -> None:
    page = open_page("/?status=ditolak", viewport=DESK)
    row = page.locator(".row-button").first
    title = row.locator(".row-title").inner_text()

    row.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    [number] = query_of(page)["usulan"]
    events = ask(site, f"usulan/{number}/history")["events"]
    expect(page.locator(".event")).to_have_count(len(events))
    expect(page.locator(".timeline")).to_contain_text("Ditolak")
    expect(page.locator(".timeline")).to_contain_text(events[-1]["reason_code"])


def test_offline_says_so_and_comes_back_by_itself(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Ekonomi").click()
    expect(page.locator(".offline-strip")).to_contain_text("Luring. Data terakhir")
    expect(page.get_by_text("Daftar usulan gagal dimuat")).to_be_visible()

    page.context.set_offline(False)

    expect(page.locator(".offline-strip")).to_be_hidden()
    expect(page.locator(".row").first).to_be_visible()
    expect(page.get_by_text("Daftar usulan gagal dimuat")).to_be_hidden()


def test_a_failed_list_says_what_still_works_and_tries_again(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)

    page.route("**/api/v1/usulan?*", busy(60))
    page.get_by_role("button", name="Ekonomi").click()
    face = page.get_by_role("alert")
    expect(face).to_contain_text("Peta tetap bisa dipakai. Layanan sibuk (kode LAYANAN_SIBUK).")
    page.unroute("**/api/v1/usulan?*")

    face.get_by_role("button", name="Coba lagi").click()

    expect(page.locator(".row").first).to_be_visible()


def test_nothing_found_offers_the_one_way_out(open_page: OpenPage, site: str) -> None:
    page = open_page("/?q=kapal+selam", viewport=DESK)
    expect(page.get_by_text("Tidak ada usulan yang cocok")).to_be_visible()
    everything = ask(site, "usulan", limit=1)["numberMatched"]
    expect(page.locator(".face")).to_contain_text(
        f"Tanpa saringan ada {grouped(everything)} usulan."
    )

    page.locator(".face").get_by_role("button", name="Hapus semua saringan").click()

    expect(page.locator(".row").first).to_be_visible()
    expect(page.get_by_label("Cari usulan")).to_have_value("")


def test_on_a_phone_the_legend_says_that_nothing_was_found(open_page: OpenPage) -> None:
    page = open_page("/?q=zzzzqq")

    expect(page.locator(".legend")).to_contain_text("Tidak ada usulan yang cocok.")


def test_nothing_found_in_an_area_counts_what_that_area_has_otherwise(
    open_page: OpenPage, site: str
) -> None:
    area = "99.71.01.1001"
    page = open_page(f"/?q=kapal+selam&area={area}", viewport=DESK)

    otherwise = ask(site, "usulan", limit=1, area=area)["numberMatched"]
    assert otherwise > 0
    for pane in (".list-pane", ".panel"):
        face = page.locator(f"{pane} .face")
        expect(face).to_contain_text(f"Tanpa saringan ada {grouped(otherwise)} usulan.")


def test_an_area_with_few_households_is_hatched_in_the_rate_picture(
    open_page: OpenPage, site: str
) -> None:
    rows = ask(site, "stats", level="rt", year=2026)["rows"]
    thin = [row for row in rows if row["households"] is None or row["households"] < 30]
    assert 0 < len(thin) < len(rows)

    page = open_page("/?warna=laju&year=2026&at=111.3507,-7.2494,16", viewport=DESK)

    legend = page.locator(".legend")
    expect(legend).to_contain_text("data belum cukup")
    expect(legend).to_contain_text(f"{len(thin)} berdata kurang")


def test_the_caption_says_that_there_is_no_outside_map_and_how_the_boundaries_stand(
    open_page: OpenPage, site: str
) -> None:
    asked: list[str] = []
    page = open_page("/?at=111.3507,-7.2494,13", viewport=DESK)
    page.on("request", lambda request: asked.append(request.resource_type))
    status = ask(site, "areas", level="kelurahan")["features"][0]["properties"]["status"]

    caption = page.locator(".map-caption")
    expect(caption).to_contain_text(f"Batas kelurahan {status}, edisi 2025")
    expect(caption).to_contain_text("tanpa peta dasar")
    page.get_by_role("button", name="Perbesar peta").click()
    expect(page.locator(".basemap")).to_have_count(0)
    assert "image" not in asked


@pytest.mark.parametrize("width", [320, 360])
def test_the_name_of_the_city_is_not_cut_on_a_phone(open_page: OpenPage, width: int) -> None:
    def with_another(route: Route) -> None:
        cities = route.fetch().json()["cities"]
        other = {**cities[0], "code": "33.72", "name": "Kota Surakarta"}
        route.fulfill(json={"cities": [*cities, other]})

    page = open_page("/", viewport={"width": width, "height": 640})
    page.route("**/api/v1/cities", with_another)
    page.reload()

    choice = page.get_by_label("Kota", exact=True)
    expect(choice).to_be_visible()
    lacking_px = choice.evaluate(
        """(select) => {
            const shown = select.offsetWidth;
            for (const box of [select, select.parentElement]) box.style.maxWidth = "none";
            return select.offsetWidth - shown;
        }"""
    )
    assert lacking_px == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_link_to_an_usulan_or_area_opens_the_map_of_its_own_city(
    open_page: OpenPage, site: str
) -> None:
    def with_another_as_the_default(route: Route) -> None:
        cities = route.fetch().json()["cities"]
        other = {**cities[0], "code": "33.72", "name": "Kota Surakarta"}
        route.fulfill(json={"cities": [other, *cities]})

    def by_default_the_other(route: Route) -> None:
        route.fulfill(json={**route.fetch().json(), "default_city": "33.72"})

    number = ask(site, "usulan", limit=1)["features"][0]["id"]
    opened = {"/": "33.72", f"/?usulan={number}": "99.71", "/?area=99.71.01": "99.71"}
    page = open_page("/")
    page.route("**/api/v1/cities", with_another_as_the_default)
    page.route("**/api/v1/config", by_default_the_other)

    for address, city in opened.items():
        page.goto(urljoin(site, address))
        expect(page.get_by_label("Kota", exact=True)).to_have_value(city)


@pytest.mark.parametrize("width", [320, 360, 720])
def test_the_city_and_its_controls_are_whole_at_small_widths(
    open_page: OpenPage, width: int
) -> None:
    # 720 x 450 is a window of 1440 x 900 at 200 % zoom.
    page = open_page("/", viewport={"width": width, "height": 450 if width == 720 else 640})
    wait_for_map(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    boxes = {
        name: page.locator(name).bounding_box()
        for name in (".map-modes", ".map-zoom", ".map-caption", ".sheet")
    }
    zoom, caption, sheet = boxes[".map-zoom"], boxes[".map-caption"], boxes[".sheet"]
    modes = boxes[".map-modes"]
    assert zoom
    assert caption
    assert sheet
    assert modes
    assert zoom["y"] + zoom["height"] <= caption["y"], boxes
    assert modes["x"] + modes["width"] <= zoom["x"], boxes
    assert caption["y"] + caption["height"] <= sheet["y"], boxes


def test_the_skip_link_is_first_and_leads_to_the_list(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Lewati peta, ke daftar")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#daftar")).to_be_focused()


def test_on_a_phone_the_sheet_has_three_heights_without_dragging(open_page: OpenPage) -> None:
    page = open_page("/", has_touch=True)
    sheet = page.locator(".sheet")
    expect(sheet).to_have_class(re.compile("sheet-peek"))
    expect(page.locator(".legend")).to_contain_text("Angka di semua petak")

    page.get_by_role("button", name="Perbesar lembar").click()
    expect(sheet).to_have_class(re.compile("sheet-half"))
    page.get_by_role("button", name="Daftar").click()

    expect(sheet).to_have_class(re.compile("sheet-full"))
    expect(page.locator(".row").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Peta", exact=True).click()
    expect(sheet).to_have_class(re.compile("sheet-peek"))


def test_on_a_phone_an_area_opens_in_the_sheet(open_page: OpenPage) -> None:
    page = open_page("/?area=99.71.01.1001", has_touch=True)

    expect(page.locator(".sheet")).to_have_class(re.compile("sheet-half"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kelurahan")
    page.get_by_role("button", name="Tutup panel").click()

    expect(page).not_to_have_url(re.compile("area="))
