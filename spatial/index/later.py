"""What is made the first time that somebody asks for it."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Later(Generic[Made]):
    """A value that few ask for: not made before, then kept as long as this.

    Parameters
    ----------
    make
        Called once, by the first who asks; others who ask meanwhile wait for it. When it
        raises, the next who asks calls it again.
    """

    __slots__ = ("_made", "_make", "_turn")

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: Made | None = None
        self._turn = Lock()

    def __call__(self) -> Made:
        """Give the value, made by now."""
        with self._turn:
            if self._made is None:
                self._made = self._make()
            return self._made
