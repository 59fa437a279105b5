"""The one client of both sides: a kept connection over loopback, whole bodies, uncompressed."""

import http.client
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_S = 120.0
SILENCE_S = 1.0


class NotAnswered(RuntimeError):
    """A side answered something else than it was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and the seconds to its last byte."""

    status: int
    body: bytes
    seconds: float


class Client:
    """Requests of one address, one after the other on one connection."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        parts = urlsplit(self.address)
        self._line = http.client.HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=TIMEOUT_S
        )
        self._used = 0.0

    def get(self, path: str, *, encoding: str = "identity") -> Answer:
        return self._ask("GET", path, None, {"Accept-Encoding": encoding})

    def post(self, path: str, body: bytes) -> Answer:
        return self._ask("POST", path, body, {"Content-Type": "application/json"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        self._reconnect()
        began = time.perf_counter()
        try:
            self._line.request(method, path, body, headers)
            found = self._line.getresponse()
            content = found.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            raise
        self._used = time.perf_counter()
        return Answer(found.status, content, self._used - began)

    def _reconnect(self) -> None:
        """Servers drop a line that was silent for some seconds; no request pays for a new one."""
        if time.perf_counter() - self._used > SILENCE_S:
            self._line.close()
            self._line.connect()


def fetched(client: Client, path: str) -> Answer:
    """A whole answer, or NotAnswered."""
    answer = client.get(path)
    if answer.status not in (200, 204):
        raise NotAnswered(f"{answer.status} for {client.address}{path}: {answer.body[:300]!r}")
    return answer


def in_turn(
    turns: int, ours: Callable[[int], float], theirs: Callable[[int], float]
) -> tuple[float, float]:
    """The median seconds of both, measured in turn, so that what else runs touches both alike."""
    own, other = [], []
    for turn in range(turns):
        own.append(ours(turn))
        other.append(theirs(turn))
    return statistics.median(own), statistics.median(other)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def requests_a_second(url: str, *, connections: int, seconds: int) -> float:
    """Of one URL, by wrk; NotAnswered when anything but 200 came."""
    command = [str(shutil.which("wrk")), "-t2", f"-c{connections}", f"-d{seconds}s", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or "Non-2xx" in said or "Socket errors" in said:
        raise NotAnswered(said)
    return float(found[1])


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
