"""Processes that we begin, and that must not outlive us."""

import ctypes
import signal

_WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG


def die_with_parent() -> None:
    """Have the kernel kill this process as soon as the one that began it has ended."""
    ctypes.CDLL(None).prctl(_WHEN_PARENT_ENDS, signal.SIGKILL)
