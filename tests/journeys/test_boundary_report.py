"""The report of boundaries in a real browser: it draws, leads to a defect, and asks nobody."""

import pytest
import shapely

from app.areas.boundary_page import LEAFLET_DIR
from tests.app.areas.test_boundary_page import HOSTILE
from tests.app.areas.test_load_boundaries import geojson, load, square
from tests.app.command import installed

pytestmark = pytest.mark.browser


@pytest.fixture
def report(urls, tmp_path):
    with installed(urls, tmp_path) as place:
        place.peta("city", "add", "33.72", "Kota Surakarta")
        path = tmp_path / "laporan.html"
        wider = shapely.box(110.809, -7.57, 110.82, -7.56)
        content = geojson(("33.72.01.1001", HOSTILE, square(0, 0)), ("33.72.01.1002", "B", wider))
        assert load(place, content, "--report", str(path)).status == 0
        yield path


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 640)])
def test_a_defect_is_found_on_the_map_without_asking_a_host(browser, report, width, height):
    assert LEAFLET_DIR.is_dir()
    asked: list[str] = []
    wrong: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": height})
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))

    page.goto(report.as_uri())
    page.locator("section#overlap button").first.click()

    # The map is on its way there for a moment.
    page.wait_for_function(
        "([longitude, latitude]) => Object.values(window).some(m => m instanceof L.Map"
        " && m.getZoom() > 14 && Math.abs(m.getCenter().lng - longitude) < 1e-4"
        " && Math.abs(m.getCenter().lat - latitude) < 1e-4)",
        arg=[110.8095, -7.565],
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [report.as_uri()]
    assert wrong == []
    page.close()
