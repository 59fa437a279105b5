"""How far long work has come: on a terminal a bar, elsewhere a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Self

from app.cli.output import grouped, report

SECONDS_BETWEEN_LINES = 5.0
LONG_SECONDS = 120.0


@contextmanager
def counted(what: str, *, total: int, done: int = 0) -> Iterator[Callable[[int], None]]:
    """A function to call with the number done so far; tells it with rate and remaining time."""
    if sys.stderr.isatty():
        with _bar(what, total, done) as progress:
            yield progress
    else:
        yield _lines(what, total, done)


@contextmanager
def _bar(what: str, total: int, done: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Pieces a second, blank before the first."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total, completed=done)

        def progress(now_done: int) -> None:
            bar.update(task, completed=now_done)

        yield progress


def _lines(what: str, total: int, done: int) -> Callable[[int], None]:
    begun = last = time.monotonic()

    def progress(now_done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < SECONDS_BETWEEN_LINES and now_done < total:
            return
        last = now
        whole = max(total, now_done)  # a total may be an estimate
        rate = (now_done - done) / max(now - begun, 0.001)
        left = _left((whole - now_done) / max(rate, 0.001)) if now_done < whole else "selesai"
        speed = f"{grouped(round(rate))}/detik, " if rate >= 1 else ""
        report(f"{grouped(now_done)} dari {grouped(whole)} {what}, {speed}{left}")

    return progress


def _left(seconds: float) -> str:
    if seconds < LONG_SECONDS:
        return f"sisa {seconds:.0f} detik"
    return f"sisa {seconds / 60:.0f} menit"


class Steps:
    """Steps of one long piece of work, one after the other, each counted where it can be."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._step = ""
        self._tell: Callable[[int], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._open.close()

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say that a step begins, or how far it is; `total` is 0 where nothing is counted."""
        if step != self._step:
            self._open.close()
            self._step, self._tell = step, None
        if total and self._tell is None:
            self._tell = self._open.enter_context(counted(step, total=total, done=done))
        elif not total and not done:
            report(step)
        if self._tell is not None:
            self._tell(done)
