"""Batches of the demo made by several processes, so that the database sets the pace.

Each process is a copy of this one (`fork`), makes every so-many-th batch and hands it over through
a pipe of its own, where it waits until the batch before was taken: memory stays that of a batch
or two for each process, whatever the size. A process whose reader is gone ends by itself.
"""

import gc
import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from app.demo.batches import Makers, make_batch
from app.demo.ground import CITY_ID
from app.demo.plan import DemoPlan
from app.usulan.columns import ReadyColumns
from app.usulan.ready import ready_usulan

MOST_PROCESSES = 4
Make = Callable[[int], ReadyColumns]


class MakerLost(RuntimeError):
    """A process that made batches ended before its work did."""


def ready_batches(makers: Makers, plan: DemoPlan, numbers: range) -> Generator[ReadyColumns]:
    """The batches of these numbers in order, ready to be written."""

    def make(number: int) -> ReadyColumns:
        rows = make_batch(makers, plan, number)
        return ready_usulan(CITY_ID, rows, rng=noise_of(plan, number))

    processes = min(cores(), MOST_PROCESSES, len(numbers))
    with _collector_resting():
        if processes < 2:
            yield from map(make, numbers)
        else:
            yield from _made_by(processes, make, numbers)


def cores() -> int:
    """How many of the machine this process may use."""
    return len(os.sched_getaffinity(0))


def noise_of(plan: DemoPlan, number: int) -> random.Random:
    """Where a batch has its public numbers and nonces from."""
    return random.Random(f"{plan.seed}/{number}")  # noqa: S311 - the demo keeps no secret


def _made_by(processes: int, make: Make, numbers: Sequence[int]) -> Generator[ReadyColumns]:
    with _started(processes, make, numbers) as readers:
        for place in range(len(numbers)):
            try:
                yield readers[place % processes].recv()
            except EOFError:
                raise MakerLost("a process of the demo ended early") from None


@contextmanager
def _started(processes: int, make: Make, numbers: Sequence[int]) -> Iterator[list[Connection]]:
    """The reading ends of processes that work while the block runs."""
    fork = multiprocessing.get_context("fork")
    readers: list[Connection] = []
    started: list[ForkProcess] = []
    try:
        for first in range(processes):
            reader, writer = fork.Pipe(duplex=False)
            readers.append(reader)
            # A copy of the process holds the pipes' reading ends too, and must let them go.
            work = (make, numbers[first::processes], writer, tuple(readers))
            maker = fork.Process(target=_make_all, args=work, daemon=True)
            maker.start()
            writer.close()
            started.append(maker)
        yield readers
    finally:
        for reader in readers:
            reader.close()
        for maker in started:
            maker.kill()
            maker.join()


def _make_all(
    make: Make, numbers: Sequence[int], writer: Connection, readers: Sequence[Connection]
) -> None:
    """What a process does; it leaves without the endings of the one that it is a copy of."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for reader in readers:
        reader.close()
    status = 1
    try:
        with suppress(BrokenPipeError):
            for number in numbers:
                writer.send(make(number))
        status = 0
    finally:
        os._exit(status)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Without looking for cycles: millions of records have none, and the search costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
