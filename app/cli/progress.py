"""How far long work has come: on a terminal a bar, elsewhere a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.cli.output import report

SECONDS_BETWEEN_LINES = 5.0


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
        rate = (now_done - done) / max(now - begun, 0.001)
        left = (total - now_done) / max(rate, 0.001)
        report(f"{now_done} dari {total} {what}, {rate:.0f}/detik, sisa {left:.0f} detik")

    return progress
