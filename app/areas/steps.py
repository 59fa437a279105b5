"""How a loader says how far it has come, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """Called at the start of each step, and on the way where pieces are counted."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """`total` is 0 where pieces are not counted."""
