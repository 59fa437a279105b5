"""What officers and reporters do to usulan, each by the address that does it, drawn by chance."""

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import httpx

from app.cluster import DatabaseUrls
from app.moderation.reasons import REASONS
from tests.app.moderation.officers import sign_in_as
from tests.app.recount.acts import CATEGORIES_USED
from tests.app.recount.web_process import MOST_TRIES, WebProcess
from tests.app.submission.sending import point
from tests.app.world import CITY, COLUMNS, ROWS, Spot

AT_WORK = (
    *("lurah", "lurah", "lurah", "camat", "ketua_rt", "mitra_bappeda", "verifikator_opd"),
    *("perencana_bappeda", "walidata"),
)
PRIVATE = {"KP01", "KP07", "KP09"}
WHY = "Sudah diperiksa di lapangan bersama warga."
OTHERS_WERE_QUICKER = {httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY}
"""Something that was drawn may stand as it is already, or be in the way."""
_AT_ONCE = ("status", "publication", "category", "forward", "doubts", "undo")

Item = Mapping[str, Any]
Answer = httpx.Response


class Office:
    """Officers of every role for the whole city, and reporters who kept their codes."""

    def __init__(self, urls: DatabaseUrls, done: Counter[str]) -> None:
        self._tokens = [sign_in_as(urls, role, area=CITY) for role in AT_WORK]
        self._admin = sign_in_as(urls, "admin_kota", area=CITY)
        self._done = done
        self._codes: dict[str, str] = {}

    def keep_code(self, answer: Answer) -> None:
        """What a reporter was told, who may be asked back now."""
        told = answer.json()
        self._codes[told["number"]] = told["tracking_code"]

    def act(self, process: WebProcess, rng: random.Random, *, tries: int = MOST_TRIES) -> None:
        """One officer does one thing that his page offers him."""
        ask = _Asking(process, rng.choice(self._tokens), tries)
        items = ask.work()
        able = [item for item in items if item["may"]["moves"] or item["may"]["acts"]]
        if not able:
            return
        asked_back = [item for item in able if item["number"] in self._codes]
        item = rng.choice(asked_back if asked_back and rng.random() < 0.5 else able)
        # Of an usulan that may be moved, half of what is done are moves.
        moves, acts = item["may"]["moves"], item["may"]["acts"]
        is_move = bool(moves) and (not acts or rng.random() < 0.5)
        act = "status" if is_move else rng.choice(acts)
        body = _wish(rng, act, item, items) | {"seen": item["seen"]}
        answer = ask.post(f"/usulan/{item['number']}/{act}", body)
        if self._note(act, answer) and body.get("to") == "digabung":
            self._done["merged"] += 1

    def act_on_many(
        self, process: WebProcess, rng: random.Random, *, tries: int = MOST_TRIES
    ) -> None:
        """One officer does the same to several, whether it suits them or not."""
        ask = _Asking(process, rng.choice(self._tokens), tries)
        items = ask.work()
        if not items:
            return
        some = rng.sample(items, min(len(items), rng.randint(2, 8)))
        kind, first = rng.choice(_AT_ONCE), some[0]
        if kind == "doubts" and not first["doubts"]:
            kind = "publication"
        if kind == "status" and not first["may"]["moves"]:
            kind = "undo"
        wish = _wish(rng, kind, first, items) | {"kind": kind}
        numbers = [item["number"] for item in some]
        body = {"numbers": numbers, "act": wish, "dry_run": rng.random() < 0.2}
        answer = ask.post("/usulan/bulk", body)
        if self._note("bulk", answer):
            self._done["acts done at once"] += answer.json()["done"]

    def report(self, process: WebProcess, rng: random.Random, *, tries: int = MOST_TRIES) -> None:
        """A reporter answers what he was asked, else he may withdraw."""
        for code in rng.sample(sorted(self._codes.values()), len(self._codes)):
            may = process.get(f"/api/v1/tracking/{code}").json()["may"]
            if "reply" in may:
                answer = process.post(
                    f"/api/v1/tracking/{code}/reply", {"text": "Panjangnya 40 meter."}, tries=tries
                )
                self._note("reply", answer)
                return
            if "withdraw" in may and rng.random() < 0.2:
                self._note(
                    "withdraw", process.post(f"/api/v1/tracking/{code}/withdraw", None, tries=tries)
                )
                return

    def erase(self, process: WebProcess, rng: random.Random, *, tries: int = MOST_TRIES) -> None:
        """A reporter erases what is kept of him, or the administrator does whom somebody asked.

        Words and place of a private need go with it, and it counts where it counted.
        """
        ask = _Asking(process, self._admin, tries)
        if self._codes and rng.random() < 0.5:
            code = rng.choice(sorted(self._codes.values()))
            self._note("erasure", process.delete(f"/api/v1/tracking/{code}/data", tries=tries))
        elif items := ask.work():
            private = [item for item in items if item["category"] in PRIVATE]
            item = rng.choice(private if private and rng.random() < 0.5 else items)
            self._note("erasure", ask.delete(f"/usulan/{item['number']}/data"))

    def _note(self, act: str, answer: Answer) -> bool:
        """Whether it was done; refused for a reason or busy is no failure, anything else is."""
        allowed = OTHERS_WERE_QUICKER | {httpx.codes.OK, httpx.codes.SERVICE_UNAVAILABLE}
        assert answer.status_code in allowed, (act, answer.status_code, answer.text)
        is_done = answer.status_code == httpx.codes.OK
        self._done["acts done" if is_done else "acts refused"] += 1
        self._done[f"act {act}"] += is_done
        return is_done


class _Asking:
    """One officer at one process."""

    def __init__(self, process: WebProcess, token: str, tries: int) -> None:
        self._process, self._tries = process, tries
        self._headers = {"Cookie": f"peta_masuk={token}"}

    def work(self) -> list[Item]:
        answer = self._process.get(
            "/api/v1/staff/usulan", {"scope": "all", "limit": "500"}, self._headers
        )
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()["items"]

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        return self._process.post(
            f"/api/v1/staff{path}", body, headers=self._headers, tries=self._tries
        )

    def delete(self, path: str) -> Answer:
        return self._process.delete(
            f"/api/v1/staff{path}", headers=self._headers, tries=self._tries
        )


def _wish(rng: random.Random, act: str, item: Item, items: list[Item]) -> dict[str, Any]:
    """What is asked for, complete as the page sends it."""
    spot = Spot(rng.randrange(COLUMNS), rng.randrange(ROWS))
    if act == "status":
        moves = item["may"]["moves"]
        is_asked = "dikembalikan" in moves and rng.random() < 0.5
        return _move(rng, "dikembalikan" if is_asked else rng.choice(moves), item, items)
    if act == "undo":
        return {}
    wishes: Mapping[str, dict[str, Any]] = {
        "publication": {"published": not item["published"]},
        "redaction": {"field": "title", "text": item["title"].split()[-1]},
        "place": rng.choice(({"geometry": point(spot)}, {"area": spot.kelurahan})),
        "category": {"category": rng.choice(CATEGORIES_USED)},
        "forward": {"agency": rng.choice(("Dinas PU", "Dinas Perkim"))},
        "doubts": {"settled": item["doubts"][:1]},
    }
    return wishes[act] | {"reason": WHY}


def _move(rng: random.Random, to: str, item: Item, items: list[Item]) -> dict[str, Any]:
    codes = [code for code, reason in REASONS.items() if to in reason.suits]
    body = {"to": to, "reason": WHY}
    if codes:
        body["reason_code"] = rng.choice(codes)
    if to == "dikembalikan":
        body["question"] = "Berapa panjangnya?"
    if to == "digabung":
        others = [other["number"] for other in items if other["number"] != item["number"]]
        body["into"] = rng.choice(others or [item["number"]])
    return body
