"""What has nothing unusual about it is taken past the framework; of the rest it has the word."""

from collections.abc import Iterator

import httpx
import pytest

from app.errors import NotFound
from app.main import create_app
from app.submission.routes import _sending
from tests.app.serving import running
from tests.app.submission.sending import count_stored, draft
from tests.app.world import CITY


async def read_by_the_framework() -> None:
    raise NotFound


@pytest.fixture(scope="module")
def http(settings, town) -> Iterator[httpx.Client]:
    """A server whose framework cannot read the parameters of a submission."""
    app = create_app(settings, town)
    app.dependency_overrides[_sending] = read_by_the_framework
    with running(app) as client:
        yield client


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/api/v1/usulan", {}),
        (f"/api/v1/usulan?city={CITY}", {"Accept-Language": "en"}),
        ("/api/v1/usulan", {"Idempotency-Key": "k" * 200}),
    ],
)
def test_a_plain_submission_is_taken_past_the_framework(http, town, address, headers):
    before = count_stored(town)

    answer = http.post(address, json=draft(), headers=headers)

    assert answer.status_code == 201
    assert count_stored(town) == before + 1


@pytest.mark.parametrize(
    ("address", "body", "headers"),
    [
        ("/api/v1/usulan", draft(title="x"), {}),
        ("/api/v1/usulan", [draft()], {}),
        ("/api/v1/usulan?kota=1", draft(), {}),
        (f"/api/v1/usulan?city={'9' * 65}", draft(), {}),
        ("/api/v1/usulan", draft(), {"Idempotency-Key": "k" * 201}),
        ("/api/v1/usulan", draft(), {"Idempotency-Key": ""}),
    ],
)
def test_what_is_unusual_is_the_frameworks(http, town, address, body, headers):
    before = count_stored(town)

    answer = http.post(address, json=body, headers=headers)

    assert answer.status_code == 404
    assert count_stored(town) == before
