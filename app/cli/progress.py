"""How far long work has come: on a terminal a bar, elsewhere a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Self

from app.cli.output import grouped, report

SECONDS_BETWEEN_LINES = 5.0
LONG_SECONDS = 120.0


@contextmanager
def counted(what: str, *, total: int, done: int = 0) -> Iterator[Callable[[int], None]]:
    """A function to call with the number done so far; tells it with rate and remaining time.

    A total may be an estimate: once the work has ended, what was done is all there was.
    """
    if sys.stderr.isatty():
        with _bar(what, total, done) as progress:
            yield progress
    else:
        lines = _Lines(what, total, done)
        yield lines.tell
        lines.end()


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
            nonlocal done
            done = now_done
            bar.update(task, completed=now_done)

        yield progress
        bar.update(task, completed=done, total=done)


class _Lines:
    """Tells now and then how far one piece of work is, and once that it has ended."""

    def __init__(self, what: str, total: int, done: int) -> None:
        self._what, self._total = what, total
        self._before = done
        self._done: int | None = None
        self._begun = self._last = time.monotonic()

    def tell(self, done: int) -> None:
        self._done = done
        now = time.monotonic()
        if now - self._last < SECONDS_BETWEEN_LINES or done >= self._total:
            return
        self._last = now
        rate = self._rate(done, now)
        self._report(done, self._total, rate, _left((self._total - done) / max(rate, 0.001)))

    def end(self) -> None:
        if self._done is not None:
            rate = self._rate(self._done, time.monotonic())
            self._report(self._done, self._done, rate, "selesai")

    def _rate(self, done: int, now: float) -> float:
        return (done - self._before) / max(now - self._begun, 0.001)

    def _report(self, done: int, total: int, rate: float, left: str) -> None:
        speed = f"{grouped(round(rate))}/detik, " if rate >= 1 else ""
        report(f"{grouped(done)} dari {grouped(total)} {self._what}, {speed}{left}")


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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.__exit__(kind, error, trace)  # what broke off is not told as done

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
