"""A generator worked in a process of its own: two interpreters that need not wait for each other.

The process is a fork, so that what the generator was made from need not be sent. It shares
nothing with us but a pipe and is gone when we are: at the end of the work, at an error, or by
the kernel when we are killed.
"""

import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, TypeVar

from app.children import die_with_parent
from app.interrupts import uninterrupted

Item = TypeVar("Item")
Result = TypeVar("Result")

_BEHIND = 3
"""Where cores are few, whoever waits for our work goes first: we are ahead of it anyway."""
_OBJECTS_BEFORE_LOOKING = 20_000
"""For garbage; Python's 700 cost a seventh of the work, and hardly any is ever found."""
_PROTOCOL = pickle.HIGHEST_PROTOCOL


class EndedApart(RuntimeError):
    """The process died before its work was done."""


class Later(Generic[Item]):
    """A thing that travels as bytes, and is made again only when somebody asks for it."""

    def __init__(self, thing: Item) -> None:
        self._thing: Item | None = thing
        self._packed = b""

    def __call__(self) -> Item:
        if self._thing is None:
            self._thing = pickle.loads(self._packed)  # noqa: S301 - packed by our own fork
            self._packed = b""
        return self._thing

    def __getstate__(self) -> bytes:
        return pickle.dumps(self(), _PROTOCOL)

    def __setstate__(self, packed: bytes) -> None:
        self._thing, self._packed = None, packed


@contextmanager
def apart(
    make: Callable[[], Generator[Item, None, Result]],
) -> Iterator[Generator[Item, None, Result]]:
    """The generator, at work from now on and until the block is left; its errors are raised here.

    Raises EndedApart when the process cannot be made, or is killed. To be entered while no
    other thread holds a lock: what it holds at that moment stays locked over there.
    """
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(make, (receiving, sending)), daemon=True)
    try:
        _start(worker)
        sending.close()
        yield _received(receiving)
    finally:
        with uninterrupted(), receiving:
            if worker.pid is not None:
                worker.kill()
                worker.join()


def _start(worker: ForkProcess) -> None:
    # Ctrl-C reaches the fork too, and must not before it is deaf to it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        worker.start()
    except OSError as error:
        raise EndedApart("no process could be made") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(receiving: Connection) -> Generator[Any, None, Any]:
    while True:
        try:
            packed = receiving.recv_bytes()
        except (EOFError, OSError):  # the one between two messages, the other within one
            raise EndedApart("the process was killed") from None
        kind, told = pickle.loads(packed)  # noqa: S301 - packed by our own fork
        if kind == "result":
            return told
        if kind == "error":
            raise told
        yield told


def _work(
    make: Callable[[], Generator[Any, None, Any]], pipe: tuple[Connection, Connection]
) -> None:
    receiving, sending = pipe
    receiving.close()  # else the pipe would stay whole without whoever reads it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    die_with_parent()
    os.nice(_BEHIND)
    gc.freeze()  # what we came with would be copied page by page for being counted
    gc.set_threshold(_OBJECTS_BEFORE_LOOKING)
    try:
        _send_all(sending, make())
    except BrokenPipeError:  # ended before the kernel had been told to end us with it
        pass
    except Exception as error:  # noqa: BLE001 - the edge of this process: told whole over there
        error.add_note(traceback.format_exc())
        _send(sending, "error", error)
    os._exit(0)  # nothing that was open before the fork is ours to flush or close


def _send_all(sending: Connection, items: Generator[Any, None, Any]) -> None:
    while True:
        try:
            item = next(items)
        except StopIteration as end:
            _send(sending, "result", end.value)
            return
        _send(sending, "item", item)


def _send(sending: Connection, kind: str, told: object) -> None:
    sending.send_bytes(pickle.dumps((kind, told), _PROTOCOL))
