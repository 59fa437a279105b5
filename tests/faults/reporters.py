"""Residents who keep reporting through HTTP, and try again when they get no answer."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.app.world import Spot

RETRY_S = 0.1


@contextmanager
def reporting(address: str, *, reporters: int) -> Iterator[dict[str, str]]:
    """Title to number of every report that was answered with 201; it grows until the block ends.

    A reporter moves on only after an answer, and repeats an unanswered report with its key.
    """
    acknowledged: dict[str, str] = {}
    stop = threading.Event()
    people = [
        threading.Thread(target=_report, args=(address, person, acknowledged, stop), daemon=True)
        for person in range(reporters)
    ]
    for person in people:
        person.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        for person in people:
            person.join(60)


def _report(address: str, person: int, acknowledged: dict[str, str], stop: threading.Event) -> None:
    count = 0
    with httpx.Client(base_url=address, timeout=60) as client:
        while not stop.is_set():
            count += 1
            title = f"Jalan rusak nomor {count} dari warga {person}"
            number = _sent(client, title, Spot(person, count % 8), stop)
            if number is not None:
                acknowledged[title] = number


def _sent(client: httpx.Client, title: str, spot: Spot, stop: threading.Event) -> str | None:
    """The number given to a report, or None when told to stop before an answer came."""
    report = {
        "title": title,
        "problem": "Jalan berlubang dan becek saat hujan sepanjang gang.",
        "category": "SP01",
        "geometry": {"type": "Point", "coordinates": [spot.middle.x, spot.middle.y]},
    }
    key = {"Idempotency-Key": str(uuid.uuid4())}
    while not stop.is_set():
        try:
            answer = client.post("/api/v1/usulan", json=report, headers=key)
        except httpx.TransportError:
            stop.wait(RETRY_S)
            continue
        if answer.status_code == 201:
            return answer.json()["number"]
        assert answer.status_code == 503, answer.text
        stop.wait(RETRY_S)
    return None
