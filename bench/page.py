"""Rows about the map page in a browser: its JavaScript, and its tasks while a hand pans."""

import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import panning
from bench.client import NotAnswered
from bench.runner import Row, at_most
from bench.stage import Stage

BUILT = Path(__file__).parent.parent / "frontend" / "dist"
BUDGET_KB, LONG_MS, SLOW_MS = 50.0, 50.0, 100.0


def page(stage: Stage) -> Iterator[Row]:
    """What the map weighs, then the same pans and zooms several times."""
    weight = map_kilobytes()
    yield at_most("map JavaScript with Leaflet, KB gzip", f"{weight:.1f} KB", weight, BUDGET_KB)
    runs = 1 if stage.quick else 5
    path, acts = panning.VIEWS["to z14"]
    if stage.quick:
        acts = acts[: panning.ACTS_TO_14]
    ours, tasks = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=panning.CHROMIUM, args=["--no-sandbox"]
        )
        for _ in range(runs):
            found = panning.run(browser, stage.ours.address + path, acts, "desk")
            ours.append(max((task.script for task in found), default=0.0))
            tasks.append(max((task.cpu for task in found), default=0.0))
        browser.close()
    script, task = statistics.median(ours), statistics.median(tasks)
    times = f"median of {runs} runs" if runs > 1 else "one run, while lists are loaded beside it"
    name = (
        f"{len(acts)} pans and zooms to z14 at {panning.SLOWER} x throttle, longest script of a"
        " task, ms"
    )
    note = f"the longest task with the browser's own painting in software: {task:.0f} ms; {times}"
    yield at_most(name, f"{script:.0f} ms", script, LONG_MS, note)
    name = "the same against the bar for a processor that is not slowed, ms"
    yield at_most(name, f"{script:.0f} ms", script, SLOW_MS)


def map_kilobytes() -> float:
    """Leaflet, and the parts of the page that draw on it; the rest of the page is no map."""
    parts = [*BUILT.glob("assets/map-*.js"), *BUILT.glob("assets/cells-*.js")]
    if not parts:
        raise NotAnswered("the built page has no part named map")
    leaflet = BUILT / "leaflet" / "leaflet.js"
    return sum(len(gzip.compress(part.read_bytes(), 9)) for part in (*parts, leaflet)) / 1e3
