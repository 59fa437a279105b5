"""Ctrl-C: heard once, heard wherever it falls, and what it must not cut short."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ONE_PRESS_S = 5.0  # to end cleanly in; whoever presses again after it wants out
_AGAIN_S = 0.05


def hear_interrupts() -> None:
    """Make of Ctrl-C, pressed however often, one KeyboardInterrupt that is never lost.

    A second one would break into the ending that the first began. And Python drops one raised
    within a ``__del__`` or a callback of a weak reference; that one is sent again.
    """
    pressed_s = float("-inf")

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal pressed_s
        now_s = time.monotonic()
        if now_s - pressed_s > _ONE_PRESS_S:
            pressed_s = now_s
            raise KeyboardInterrupt

    def send_again(lost: "sys.UnraisableHookArgs") -> None:
        nonlocal pressed_s
        if not issubclass(lost.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(lost)
            return
        pressed_s = float("-inf")
        main = threading.main_thread().ident
        threading.Timer(_AGAIN_S, signal.pthread_kill, (main, signal.SIGINT)).start()

    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = send_again


@contextmanager
def interrupted_after() -> Iterator[Callable[[], bool]]:
    """Let something come to its end before a Ctrl-C is heard; yields whether it was pressed.

    What asks for that may hurry. In a thread, or where Ctrl-C is not heard, it never was.
    """
    pressed = threading.Event()
    in_main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)
    if not in_main or not callable(before):
        yield pressed.is_set
        return
    signal.signal(signal.SIGINT, lambda _number, _frame: pressed.set())
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed.is_set():
            before(signal.SIGINT, None)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Deaf to Ctrl-C while something is brought to its end; in a thread it is not heard anyway."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
