from collections.abc import Callable

import httpx
import pytest

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import Office, sign_in_as


@pytest.fixture
def office(http: httpx.Client, town: DatabaseUrls) -> Callable[..., Office]:
    """Makes an officer of a role who is signed in."""

    def made(role: str, *place: object, **more: object) -> Office:
        return Office(http, sign_in_as(town, role, *place, **more))

    return made
