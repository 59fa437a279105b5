"""Rows about the map page in a browser: its JavaScript, and its tasks while a hand pans."""

import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import panning
from bench.client import NotAnswered
from bench.runner import Row, at_most
from bench.stage import Stage

BUILT = Path(__file__).parent.parent / "frontend" / "dist"
BUDGET_KB = 50.0
# Which view, whose page, and the most milliseconds of one script; acts of the quick form.
VIEWS = [("to z14", "the map", 50.0), ("planner", "`/perencana`", 100.0)]
QUICK_ACTS = {"to z14": panning.ACTS_TO_14, "planner": 6}


def page(stage: Stage) -> Iterator[Row]:
    """What the map weighs, then the same pans and zooms several times."""
    weight = map_kilobytes()
    yield at_most("map JavaScript with Leaflet, KB gzip", f"{weight:.1f} KB", weight, BUDGET_KB)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=panning.CHROMIUM, args=["--no-sandbox"]
        )
        for view, name, limit in VIEWS:
            yield _panned(stage, browser, view, name, limit)
        browser.close()


def _panned(stage: Stage, browser: Browser, view: str, name: str, limit: float) -> Row:
    """The longest script of any task while a hand pans and zooms, the median of several runs."""
    path, acts = panning.VIEWS[view]
    if stage.quick:
        acts = acts[: QUICK_ACTS[view]]
    runs = 1 if stage.quick else 5
    longest, tasks = [], []
    for _ in range(runs):
        found = panning.run(browser, stage.ours.address + path, acts, "desk")
        longest.append(max(found, key=lambda task: task.script))
        tasks.append(max(task.cpu for task in found))
    middle = sorted(longest, key=lambda task: task.script)[runs // 2]
    times = f"median of {runs} runs" if runs > 1 else "one run, while lists are loaded beside it"
    title = (
        f"{name}: {len(acts)} pans and zooms at {panning.SLOWER} x throttle, longest script"
        " of a task, ms"
    )
    note = (
        f"{middle.garbage:.0f} ms of it the browser collects garbage; the longest task with its own"
        f" painting in software: {statistics.median(tasks):.0f} ms; {times}"
    )
    return at_most(title, f"{middle.script:.0f} ms", middle.script, limit, note)


def map_kilobytes() -> float:
    """Leaflet, and the parts of the page that draw on it; the rest of the page is no map."""
    parts = [*BUILT.glob("assets/map-*.js"), *BUILT.glob("assets/cells-*.js")]
    if not parts:
        raise NotAnswered("the built page has no part named map")
    leaflet = BUILT / "leaflet" / "leaflet.js"
    return sum(len(gzip.compress(part.read_bytes(), 9)) for part in (*parts, leaflet)) / 1e3
