"""Officers of the small city, signed in, and what they ask of the application."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from app.accounts.permissions import ROLES
from app.accounts.tokens import digest_of
from app.cluster import DatabaseUrls
from app.stored_words import LEVELS
from tests.app.world import CITY_ID, Spot

MOST_TRIES = 5
NO_FIELDS: tuple[str, ...] = ()


def area_of(role: str, spot: Spot) -> str | None:
    """The area for which a role is given to somebody who works at a spot."""
    level = ROLES[role].level
    chain = (spot.kecamatan[:5], spot.kecamatan, spot.kelurahan, spot.rw, spot.rt)
    return None if level is None else chain[LEVELS.index(level)]


def sign_in_as(
    urls: DatabaseUrls,
    role: str,
    spot: Spot | None = None,
    *,
    city_id: int = CITY_ID,
    area: str | None = None,
    fields: tuple[str, ...] = NO_FIELDS,
) -> str:
    """Somebody with one role, and the token by which he is signed in."""
    token, account_id, now = secrets.token_urlsafe(32), uuid4(), datetime.now(UTC)
    code = area or area_of(role, spot or Spot(0, 0))
    with psycopg.connect(urls.staff) as connection:
        connection.execute(
            "INSERT INTO peta.account (account_id, email, name, created) VALUES (%s, %s, %s, %s)",
            [account_id, f"{account_id}@contoh.go.id", role, now],
        )
        connection.execute(
            "INSERT INTO peta.role_grant (grant_id, account_id, role, city_id, area_code, fields,"
            " valid_from, created) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                uuid4(),
                account_id,
                role,
                city_id if code else None,
                code,
                list(fields),
                date(2020, 1, 1),
                now,
            ],
        )
        connection.execute(
            "INSERT INTO peta.sign_in (token_digest, sign_in_id, account_id, began, seen, browser)"
            " VALUES (%s, %s, %s, %s, %s, '')",
            [digest_of(token), uuid4(), account_id, now, now],
        )
    return token


@dataclass(frozen=True)
class Office:
    """Somebody at work: his client, and what he asks."""

    http: httpx.Client
    token: str

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        """The answer; a machine that is busy is asked again, for then nothing was done."""
        headers = {"Cookie": f"peta_masuk={self.token}", **content.pop("headers", {})}
        for _ in range(MOST_TRIES):
            answer = self.http.request(method, f"/api/v1/staff{path}", headers=headers, **content)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(float(answer.headers["Retry-After"]))
        return answer

    def work(self, **query: Any) -> dict[str, Any]:
        answer = self.ask("GET", "/usulan", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def numbers(self, **query: Any) -> set[str]:
        return {item["number"] for item in self.work(limit=500, **query)["items"]}

    def look(self, number: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/usulan/{number}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def do(self, number: str, act: str, body: Mapping[str, Any]) -> httpx.Response:
        """An act on what is seen at this moment."""
        seen = body.get("seen") or self.look(number)["seen"]
        return self.ask("POST", f"/usulan/{number}/{act}", json={**body, "seen": seen})

    def done(self, number: str, act: str, **body: Any) -> dict[str, Any]:
        """The same, that has to succeed."""
        answer = self.do(number, act, body)
        assert answer.status_code == 200, answer.text
        return answer.json()
