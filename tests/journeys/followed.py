"""What journeys on /lacak begin with: an usulan that was sent, and the page that follows it."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.submission.sending import draft
from tests.journeys.office import HERE
from tests.journeys.steps import TITLE

PERSON = {"name": "Sri Wahyuni", "phone": "0812 3456 7890", "consent": True}
QUESTION = "Di sisi gang yang mana?"


def send(site: str) -> dict[str, str]:
    """Number and code of an usulan that somebody has sent."""
    answer = httpx.post(f"{site}/api/v1/usulan", json=draft(HERE, title=TITLE, proposer=PERSON))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return {"number": told["number"], "code": told["tracking_code"]}


def ask(lurah: Office, number: str) -> None:
    """Returned with a question by its kelurahan."""
    lurah.done(number, "status", to="verifikasi_kel")
    why = {"reason_code": "A09", "reason": "Letaknya belum jelas bagi kami."}
    lurah.done(number, "status", to="dikembalikan", question=QUESTION, **why)


def follow(open_page: Callable[..., Page], sent: dict[str, str], **options: object) -> Page:
    page = open_page(f"/lacak#{sent['code']}", **options)
    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()
    return page


@pytest.fixture
def sent(site: str) -> dict[str, str]:
    return send(site)


@pytest.fixture
def lurah(site: str, urls: DatabaseUrls) -> Iterator[Office]:
    with httpx.Client(base_url=site) as http:
        yield Office(http, sign_in_as(urls, "lurah", HERE))


@pytest.fixture
def asked(lurah: Office, sent: dict[str, str]) -> dict[str, str]:
    """One that was returned with a question."""
    ask(lurah, sent["number"])
    return sent
