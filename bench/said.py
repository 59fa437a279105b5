"""What the person who waits is told."""

import sys
import time

_BEGAN = time.monotonic()


def say(line: str) -> None:
    sys.stderr.write(f"{time.monotonic() - _BEGAN:7.1f} s  {line}\n")
    sys.stderr.flush()
