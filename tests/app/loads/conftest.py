"""Officers who load lists into the small city."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.cluster import DatabaseUrls
from app.loads.states import WORKING
from tests.app.moderation.officers import Office, sign_in_as

PATIENCE_S = 60.0


class Loader(Office):
    """Somebody who loads lists."""

    def send(self, content: str | bytes, name: str = "daftar.csv", **more: Any) -> httpx.Response:
        body = content if isinstance(content, bytes) else content.encode()
        return self.ask("POST", "/loads", content=body, params={"name": name, **more})

    def sent(self, content: str | bytes, name: str = "daftar.csv", **more: Any) -> dict[str, Any]:
        """A list that was read."""
        answer = self.send(content, name, **more)
        assert answer.status_code == 201, answer.text
        return self.rested(answer.json()["id"])

    def act(self, load_id: str, word: str) -> httpx.Response:
        return self.ask("POST", f"/loads/{load_id}/{word}")

    def done(self, load_id: str, word: str) -> dict[str, Any]:
        """The load once what was begun has ended."""
        answer = self.act(load_id, word)
        assert answer.status_code == 200, answer.text
        return self.rested(load_id)

    def stored(self, content: str | bytes, **more: Any) -> dict[str, Any]:
        """A list tried and stored."""
        load = self.sent(content, **more)
        checked = self.done(load["id"], "check")
        assert checked["state"] == "menunggu", checked
        return self.done(load["id"], "commit")

    def seen(self, load_id: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/loads/{load_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rejects(self, load_id: str) -> str:
        answer = self.ask("GET", f"/loads/{load_id}/rejects")
        assert answer.status_code == 200, answer.text
        return answer.text

    def rested(self, load_id: str) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE_S
        while (load := self.seen(load_id))["state"] in WORKING:
            assert time.monotonic() < end, load
            time.sleep(0.05)
        return load


class KeyLoader(Loader):
    """A program of an officer, by a key."""

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.http.request(method, f"/api/v1/staff{path}", headers=headers, **content)


@pytest.fixture
def loader(http: httpx.Client, town: DatabaseUrls) -> Callable[..., Loader]:
    """Makes an officer of a role who is signed in."""

    def made(role: str, *place: object, **more: object) -> Loader:
        return Loader(http, sign_in_as(town, role, *place, **more))

    return made
