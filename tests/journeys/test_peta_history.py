"""What the public map says of an usulan that officers have worked on."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.world import proposed
from tests.journeys.office import HERE, add, site, urls

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser
WHY = "Menyebut nama tetangga."


@pytest.fixture
def operator(site: str, urls: DatabaseUrls) -> Iterator[Office]:
    with httpx.Client(base_url=site) as http:
        yield Office(http, sign_in_as(urls, "operator_kelurahan", HERE))


@pytest.fixture
def opened(open_page: Callable[..., Page]) -> Callable[[str], Page]:
    return lambda number: open_page(f"/?usulan={number}", viewport={"width": 1440, "height": 900})


def test_a_step_that_is_no_change_of_the_status_is_named(opened, operator, urls) -> None:
    number = add(urls, "Lampu padam", problem="Di depan rumah Bapak Anu.")
    operator.done(number, "redaction", field="problem", text="Bapak Anu", reason=WHY)
    operator.done(number, "status", to="verifikasi_kel")
    operator.done(number, "undo")

    page = opened(number)

    heads = page.locator(".timeline .event-head")
    expect(heads).to_have_count(4)
    assert heads.all_inner_texts() == [
        "Diajukan",
        "Kata ditutup",
        "Diperiksa kelurahan",
        "Langkah diurungkan\nDiajukan",
    ]


def test_the_usulan_that_another_was_joined_to_is_opened_from_the_history(
    opened, operator, urls
) -> None:
    kept, joined = add(urls, "Parit penuh"), add(urls, "Parit mampet")
    operator.done(
        joined, "status", to="digabung", into=kept, reason_code="A05", reason=f"Sama dengan {kept}."
    )

    page = opened(joined)
    expect(page.locator(".timeline")).to_contain_text(f"Sama dengan {kept}.")
    page.get_by_role("button", name=kept).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Parit penuh")


def test_what_a_resident_sent_is_not_said_to_come_from_a_rembug(opened, operator, urls) -> None:
    number = add(urls, "Jalan retak")
    operator.done(number, "status", to="verifikasi_kel")

    expect(opened(number).locator(".facts")).to_contain_text("Kiriman warga")


def test_what_a_rembug_took_up_is_said_to_come_from_one(opened, urls) -> None:
    sent, agreed = world.at_status("disepakati_rw")
    usulan = proposed(HERE, title="Jalan lubang", events=[sent, agreed._replace(stage="rembug_rw")])
    [number] = world.add(urls, [usulan])

    expect(opened(number).locator(".facts")).to_contain_text("Rembug warga")
