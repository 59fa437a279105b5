# ruff: noqa: T201, S311 - it prints, and draws without secrets
"""`make bench`: the time of the first answer to URLs never asked before, over the demo city.

Tiles and filters are drawn from a seed (`python -m bench SEED`), so that no run can prepare for
them. The server is `peta serve` with its usual settings, one worker, on this machine.
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

import httpx

CALLS = 20
ADDRESS_LINE = "Peta Usulan: "
CATEGORIES = ("SP01", "SP03", "SP08", "KP01", "SB02", "EK02")
YEARS = (2022, 2023, 2024, 2025, 2026)
STATUSES = ("diajukan", "ditolak", "selesai")

Draw = Callable[[random.Random, list[float]], str]


def main() -> None:
    """Print one line for each kind of address."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else time.time_ns()
    print(f"seed {seed}, at most {CALLS} different addresses of a kind, each asked once\n")
    print(f"{'address':<40}{'asked':>6}{'median ms':>11}{'slowest ms':>12}{'median KB':>11}")
    with serving() as client:
        cities = client.get("/api/v1/cities").raise_for_status().json()["cities"]
        bounds = next(city["bounds"] for city in cities if city["code"] == "99.71")
        for name, draw in KINDS.items():
            report(name, [measure(client, url) for url in drawn(draw, seed, bounds)])


def drawn(draw: Draw, seed: int, bounds: list[float]) -> list[str]:
    """Different addresses of one kind; each is asked once."""
    rng = random.Random(seed)
    addresses = dict.fromkeys(draw(rng, bounds) for _ in range(CALLS * 10))
    return list(addresses)[:CALLS]


def measure(client: httpx.Client, url: str) -> tuple[float, float]:
    """Milliseconds to the whole answer, and its kilobytes."""
    began = time.perf_counter()
    answer = client.get(url)
    taken_ms = (time.perf_counter() - began) * 1000
    answer.raise_for_status()
    return taken_ms, len(answer.content) / 1000


def report(name: str, calls: list[tuple[float, float]]) -> None:
    times, sizes = zip(*calls, strict=True)
    median, slowest, size = statistics.median(times), max(times), statistics.median(sizes)
    print(f"{name:<40}{len(calls):>6}{median:>11.1f}{slowest:>12.1f}{size:>11.1f}")


def tile(layer: str, zoom: int, filters: str = "") -> Draw:
    """Draw tiles of a zoom that lie over the city; without a filter, every call adds a new one."""

    def draw(rng: random.Random, bounds: list[float]) -> str:
        longitude = rng.uniform(bounds[0], bounds[2])
        share = (rng.uniform(bounds[1], bounds[3]) + 90) / 180
        # Near the equator a tile's row is, to a tile or two, linear in latitude.
        x = int((longitude + 180) / 360 * 2**zoom)
        y = int((0.5 - (share - 0.5) / 2) * 2**zoom)
        category, year, status = rng.choice(CATEGORIES), rng.choice(YEARS), rng.choice(STATUSES)
        chosen = filters.format(category=category, year=year, status=status)
        return f"/tiles/{layer}/{zoom}/{x}/{y}.mvt?city=99.71{chosen}"

    return draw


def stats(level: str) -> Draw:
    return lambda rng, _: (
        f"/api/v1/stats?city=99.71&level={level}"
        f"&category={rng.choice(CATEGORIES)}&year={rng.choice(YEARS)}"
    )


def listing(rng: random.Random, bounds: list[float]) -> str:
    west = rng.uniform(bounds[0], bounds[2] - 0.02)
    south = rng.uniform(bounds[1], bounds[3] - 0.02)
    box = f"{west:.5f},{south:.5f},{west + 0.02:.5f},{south + 0.02:.5f}"
    return f"/api/v1/usulan?city=99.71&bbox={box}"


FILTERED = "&category={category}&year={year}&status={status}"
KINDS: dict[str, Draw] = {
    "tile usulan z12": tile("usulan", 12),
    "tile usulan z12, category+year+status": tile("usulan", 12, FILTERED),
    "tile usulan z14": tile("usulan", 14),
    "tile usulan z16": tile("usulan", 16),
    "tile areas z14": tile("areas", 14),
    "stats per kelurahan, category+year": stats("kelurahan"),
    "stats per RT, category+year": stats("rt"),
    "list, box of 2 km, 100 features": listing,
}


@contextmanager
def serving() -> Iterator[httpx.Client]:
    """A client of a server that is ready; both end with the block."""
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0"]
    with TemporaryFile("w+") as log, subprocess.Popen(command, stderr=log, stdout=log) as server:
        try:
            with httpx.Client(base_url=address_in(log), timeout=60) as client:
                while client.get("/readyz").status_code != httpx.codes.OK:
                    time.sleep(0.1)
                yield client
        finally:
            server.terminate()


def address_in(log: IO[str]) -> str:
    """The address, once the server has written it."""
    while True:
        log.seek(0)
        for line in log:
            if line.startswith(ADDRESS_LINE):
                return line.split()[2]
        time.sleep(0.05)


if __name__ == "__main__":
    main()
