"""Groups of rows in turns; each group that is done is kept, so a second start goes on."""

import json
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from http.client import HTTPException
from pathlib import Path
from subprocess import SubprocessError
from typing import Any, NamedTuple

from psycopg import DatabaseError

from bench.said import say


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    what, peer
        What was measured, and against what.
    ours, theirs
        As they are shown, with unit; empty where there is no such side.
    score
        What the bar is about: mostly how many times as quick as the peer.
    bar
        What the score must reach at least; None where there is none.
    most
        The bar is the most that the score may be.
    note
        What a reader must know; a reason, where nothing was measured.
    """

    what: str
    peer: str = ""
    ours: str = ""
    theirs: str = ""
    score: float | None = None
    bar: float | None = None
    most: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.score is None:
            return "not measured"
        if self.bar is None:
            return ""
        is_met = self.score <= self.bar if self.most else self.score >= self.bar
        return "met" if is_met else "**MISSED**"


def at_most(what: str, shown: str, score: float, bar: float, note: str = "") -> Row:
    """A row without a peer, whose figure must stay below its bar."""
    return Row(what, ours=shown, score=score, bar=bar, most=True, note=note)


# What a side may do to us; anything else is a mistake of this program.
FAILURES = (RuntimeError, OSError, EOFError, SubprocessError, HTTPException, DatabaseError)

Group = Callable[[], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The groups that are done, in a file of their own."""

    path: Path

    def read(self) -> dict[str, dict[str, Any]]:
        """By name the rows of each, the load as it began and the seconds it took."""
        if not self.path.exists():
            return {}
        found: dict[str, dict[str, Any]] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    def add(self, name: str, rows: Iterable[Row], *, load: float, seconds: float) -> None:
        done = self.read()
        told = [asdict(row) for row in rows]
        done[name] = {
            "rows": told,
            "load": round(load, 1),
            "seconds": round(seconds, 1),
            "revision": revision(),
        }
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(done), encoding="utf-8")
        draft.replace(self.path)


def revision() -> str:
    """Of the code that is measured; with a plus where it is not all committed."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    here = Path(__file__).parent
    try:
        said = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True).stdout
    except (OSError, SubprocessError):
        return "unknown"
    return said.strip()


def revisions(done: dict[str, dict[str, Any]]) -> str:
    """All that the groups were measured at: a run that was broken off may have several."""
    found = (group.get("revision", "unknown") for group in done.values())
    return ", ".join(dict.fromkeys(found))


def run_groups(turns: Sequence[Mapping[str, Group]], kept: Kept) -> dict[str, str]:
    """Measure what is not kept yet; of the groups that failed, why. Those are not kept.

    Turns come one after the other; the groups of one turn are measured side by side.
    """
    failed = {}
    for turn in turns:
        done = kept.read()
        missing = {name: measure for name, measure in turn.items() if name not in done}
        for name in turn:
            say(f"{name}: done before" if name in done else f"{name} ...")
        for name, measured in _side_by_side(missing).items():
            if isinstance(measured.found, str):
                failed[name] = measured.found
                say(f"  {name} failed: {measured.found}")
                continue
            kept.add(name, measured.found, load=measured.load, seconds=measured.seconds)
            for row in measured.found:
                say(f"  {row.what} | {row.ours} | {row.theirs} | {_shown(row)} | {row.verdict}")
    return failed


class _Measured(NamedTuple):
    """The rows of a group, or why there are none."""

    found: list[Row] | str
    load: float
    seconds: float


def _side_by_side(groups: Mapping[str, Group]) -> dict[str, _Measured]:
    """The first in this thread, each other in one of its own."""
    if not groups:
        return {}
    first, *others = groups.items()
    with ThreadPoolExecutor(max(len(others), 1)) as pool:
        beside = {name: pool.submit(_measure, group) for name, group in others}
        own = {first[0]: _measure(first[1])}
        return own | {name: measured.result() for name, measured in beside.items()}


def _measure(group: Group) -> _Measured:
    began, load = time.monotonic(), os.getloadavg()[0]
    found: list[Row] | str
    try:
        found = list(group())
    except FAILURES as error:
        found = f"{type(error).__name__}: {error}"[:300]
    return _Measured(found, load, time.monotonic() - began)


def table(done: dict[str, dict[str, Any]], failed: dict[str, str] | None = None) -> str:
    """The rows in Markdown, with the load average while each group was measured."""
    left_out = {
        name: {"rows": [asdict(Row(name, note=reason))], "load": ""}
        for name, reason in (failed or {}).items()
    }
    lines = [
        "| What | Peer or limit, same run | Ours | Theirs | Score | Bar | | Load |",
        "|---|---|---|---|---|---|---|---|",
    ]
    notes = []
    for group in (*done.values(), *left_out.values()):
        for told in group["rows"]:
            row = Row(**told)
            mark = ""
            if row.note:
                notes.append(row.note)
                mark = f" [{len(notes)}]"
            cells = (row.what + mark, row.peer, row.ours, row.theirs, _shown(row), _bar(row))
            lines.append(f"| {' | '.join(cells)} | {row.verdict} | {group['load']} |")
    lines += ["", *(f"{number}. {note}" for number, note in enumerate(notes, 1))]
    return "\n".join(lines)


def _shown(row: Row) -> str:
    return "" if row.score is None else f"{row.score:,.3g}"


def _bar(row: Row) -> str:
    if row.bar is None:
        return ""
    return f"{'at most' if row.most else 'at least'} {row.bar:g}"


def machine() -> str:
    """The machine in a line, without a name or a path."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    cores, memory = os.cpu_count(), pages / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return (
        f"{cores} cores ({names[0] if names else platform.machine()}), {memory:.0f} GiB, {system},"
        f" Python {platform.python_version()}, load at the end {os.getloadavg()[0]:.1f}"
    )


def write_report(folder: Path, head: Sequence[str], told: str) -> Path:
    """The whole of a run as a file of its own, named by day and seed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{date.today().isoformat()}-{head[0]}.md"  # noqa: DTZ011 - the reader's day
    path.write_text("\n".join([*head[1:], "", machine(), "", told, ""]), encoding="utf-8")
    return path
