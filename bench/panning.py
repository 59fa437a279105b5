# ruff: noqa: T201 - it prints
"""`python -m bench.panning [ADDRESS]`: the tasks of the map page while a hand pans and zooms.

Chromium runs without a window at a quarter of its speed (`Emulation.setCPUThrottlingRate`) and
traces its main thread through the same pans and zooms each time. Without ADDRESS it starts
`peta serve` over the demo city. Every line tells of one run:

* tasks: the longest task, and how many took over 50 ms, in time of the main thread's processor,
  which other programs on this machine do not stretch; wall: the same task on the clock;
* script: the longest stretch of script in one task: what is ours, the rest is the browser's.
  Without a graphics card the browser also paints canvases in these tasks, in software;
* garbage: how much of that stretch the browser spent on collecting all garbage of the page.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from playwright.sync_api import Browser, Page, sync_playwright

from app.settings import Settings
from bench.stage import served

CHROMIUM = "/usr/bin/chromium"
SLOWER = 4
RUNS = 2
LONG_MS = 50
# Shorter tasks are left out.
NOTED_MS = 8
QUIET_MS = 500
SIZES = {"desk": (1440, 900), "phone": (360, 640)}
# Drags in shares of the window, to and fro, and steps of zoom; twenty acts in all.
TO_14: list[tuple[float, float] | int] = [
    (-0.2, 0.1), (0.25, -0.1), +1, (0.2, 0.2), (-0.3, 0.0), +1, (0.3, 0.1), (-0.2, -0.3),
    (0.0, 0.3), (0.2, -0.2), +1, (-0.3, 0.2), (0.3, 0.2), (0.0, -0.3), (-0.3, -0.1), -1,
    (0.2, 0.2), +1, (-0.2, 0.3), (0.3, -0.3),
]  # fmt: skip
ACTS_TO_14 = 11
"""Of these, how many it takes until the map is at z14."""
PLANNER = "/perencana?at=111.3507,-7.2494,11"
VIEWS = {
    "to z14": ("/?at=111.3507,-7.2494,11", TO_14),
    "z15, all years": ("/?at=111.3507,-7.2494,15", [act for act in TO_14 if act not in (1, -1)]),
    "planner": (PLANNER, TO_14),
    "planner, hexagons": (PLANNER + "&bentuk=heksagon", TO_14),
}
GARBAGE = {"MajorGC"}
SCRIPT = {"FunctionCall", "FireAnimationFrame", "TimerFire", "EventDispatch", "RunMicrotasks"}
CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]


@dataclass(frozen=True)
class Task:
    """One task of the main thread, in milliseconds."""

    cpu: float
    wall: float
    script: float
    garbage: float


def main() -> None:
    """Print one line for each run."""
    if len(sys.argv) > 1:
        compare(sys.argv[1])
        return
    with served(Settings().state_dir) as server:
        compare(server.client.address)


def compare(address: str) -> None:
    print(f"{SLOWER}x slower processor, {len(TO_14)} pans and zooms; milliseconds\n")
    figures = f"{'tasks':>8}{'over 50':>9}{'wall':>8}{'script':>8}{'garbage':>9}"
    print(f"{'view':<28}{figures}{'script over 50':>16}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (path, acts) in VIEWS.items():
            for size in SIZES:
                for _ in range(RUNS):
                    report(f"{name}, {size}", run(browser, address + path, acts, size))
        browser.close()


def report(name: str, tasks: list[Task]) -> None:
    longest = max(tasks, key=lambda task: task.cpu)
    long = sum(task.cpu > LONG_MS for task in tasks)
    script = max(tasks, key=lambda task: task.script)
    scripts = sum(task.script > LONG_MS for task in tasks)
    print(
        f"{name:<28}{longest.cpu:>8.0f}{long:>9}{longest.wall:>8.0f}"
        f"{script.script:>8.0f}{script.garbage:>9.0f}{scripts:>16}",
        flush=True,
    )


def run(browser: Browser, url: str, acts: list[tuple[float, float] | int], size: str) -> list[Task]:
    """Open the page, let it come to rest, and trace the acts."""
    width, height = SIZES[size]
    with opened(browser, url, width, height) as page, tempfile.TemporaryDirectory() as folder:
        trace = Path(folder, "trace.json")
        browser.start_tracing(page=page, path=trace, categories=CATEGORIES)
        for act in acts:
            perform(page, act, width, height)
        browser.stop_tracing()
        return tasks_of(orjson.loads(trace.read_bytes())["traceEvents"])


@contextmanager
def opened(browser: Browser, url: str, width: int, height: int) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.goto(url, wait_until="networkidle")
        page.locator(".map-box canvas").first.wait_for()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.wait_for_timeout(QUIET_MS)
        yield page
    finally:
        page.close()


def perform(page: Page, act: tuple[float, float] | int, width: int, height: int) -> None:
    """Drag by a share of the window's smaller side, or zoom by a step."""
    box = page.locator(".map-box").first.bounding_box()
    if box is None:
        sys.exit("the page has no map")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    if isinstance(act, int):
        page.mouse.wheel(0, -50 * act)
    else:
        side = min(width, height)
        page.mouse.down()
        page.mouse.move(x + act[0] * side, y + act[1] * side, steps=4)
        page.mouse.up()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(QUIET_MS)


def tasks_of(events: list[dict[str, Any]]) -> list[Task]:
    """Tasks of the page's main thread, each with its stretches of script."""
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] in SCRIPT and event.get("ph") == "X"
    }
    tasks: list[Task] = []
    for thread in threads:
        own = [e for e in events if (e["pid"], e["tid"]) == thread and e.get("ph") == "X"]
        scripts, garbage = (
            sorted((e for e in own if e["name"] in names), key=lambda e: e["ts"])
            for names in (SCRIPT, GARBAGE)
        )
        # Thousands of tasks take no time; only those that a reader could feel are looked into.
        long = [e for e in own if e["name"].endswith("RunTask") and e["dur"] > NOTED_MS * 1000]
        tasks += [
            Task(
                e.get("tdur", 0) / 1000,
                e["dur"] / 1000,
                stretches_ms(e, scripts),
                stretches_ms(e, garbage),
            )
            for e in long
        ]
    return tasks


def stretches_ms(task: dict[str, Any], stretches: list[dict[str, Any]]) -> float:
    """Processor time of the outermost of these inside a task."""
    total, end = 0.0, task["ts"]
    for stretch in stretches:
        if stretch["ts"] < end or stretch["ts"] >= task["ts"] + task["dur"]:
            continue
        total += stretch.get("tdur", 0) / 1000
        end = stretch["ts"] + stretch["dur"]
    return total


if __name__ == "__main__":
    main()
