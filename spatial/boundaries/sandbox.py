"""Work on foreign files in a process of its own: little memory, little time, no network.

The process gets the file as an open descriptor and never a path, writes its answer into an
unnamed temporary file, and is killed when it wants more than it was given. Its environment is
made anew, without a proxy or any setting of ours.
"""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.wish import Wish

OUT_OF_MEMORY = 12
"""Exit status of a reader that ran out of memory and could still say so."""
_STDERR = 2
_COUNT = struct.Struct("<q")
_CLOCK_TIMES = 3
"""A busy machine gives a reader a third of its processor; one that only waits ends too."""
_LOOK_EACH_S = 0.2
_LOADER_OUT_OF_MEMORY = 127  # of glibc's loader, when a thread's own data finds no room

_CRASHES = (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reader may use.

    Attributes
    ----------
    memory_bytes
        Address space, the interpreter and its libraries included.
    seconds
        Of processor; by the clock it may take three times as long.
    answer_bytes
        Size of what it may write.
    """

    memory_bytes: int
    seconds: int
    answer_bytes: int


def limits_for(size_bytes: int) -> Limits:
    """Limits that a well-formed file of a size stays far under.

    Parameters
    ----------
    size_bytes
        Of the file.

    Returns
    -------
    limits
        Ten seconds up to 1 MB, 60 from 11 MB on: a busy machine gives a process a small part
        of the clock. 640 MB of memory for a small file, at most 1.8 GB.
    """
    megabytes = size_bytes // 2**20
    return Limits(
        memory_bytes=min(640 + 16 * megabytes, 1_800) * 2**20,
        seconds=min(60, max(10, 5 + 5 * size_bytes // 2**20)),
        answer_bytes=(16 + 4 * megabytes) * 2**20,
    )


def run_reader(
    name: str,
    file: IO[bytes],
    limits: Limits,
    *,
    wish: Wish | None = None,
    progress: Callable[[int], None] | None = None,
) -> AbstractContextManager[IO[bytes]]:
    """Run a reader over an open file; what it wrote, from the start, is open within the block.

    Parameters
    ----------
    name
        Which reader, as `spatial.boundaries.reader` knows it.
    file
        Open for reading, at its start.
    limits
        What it may use.
    wish
        What the owner of the file says; nothing when None.
    progress
        Told now and then how many rows are done.

    Returns
    -------
    answer
        An unnamed temporary file, gone after the block.

    Raises
    ------
    FileRefused
        When the reader was ended for its use of memory or time, or died.
    """
    wished = json.dumps(asdict(wish or Wish()))
    program = ("spatial.boundaries.reader", name, wished)
    return run_program(program, file, limits, progress=progress)


@contextmanager
def run_program(
    program: Sequence[str],
    file: IO[bytes],
    limits: Limits,
    *,
    progress: Callable[[int], None] | None = None,
) -> Iterator[IO[bytes]]:
    """Run one of our modules over an open file; what it wrote is open within the block.

    Parameters
    ----------
    program
        Name of the module and its arguments; the limits are passed after them, and the module
        puts them in force with `limit_this_process`.
    file
        Open for reading, at its start.
    limits
        What it may use.
    progress
        Told now and then the number that the program last gave to `tell_done`.

    Yields
    ------
    answer
        An unnamed temporary file, gone after the block.

    Raises
    ------
    FileRefused
        When the program was ended for its use of memory or time, or died.
    """
    # Not -I: it would also drop PYTHONPATH, which is ours, and run another installed copy.
    command = [sys.executable, "-P", "-s", "-m", *program]
    numbers = [str(limits.memory_bytes), str(limits.seconds), str(limits.answer_bytes)]
    with TemporaryFile() as answer:
        with (
            TemporaryFile() as counter,
            subprocess.Popen(
                [*command, *numbers],
                stdin=file,
                stdout=answer,
                stderr=counter,
                env=reader_environment(),
                cwd=Path(os.sep),
                start_new_session=True,
            ) as reader,
        ):
            status = _status(reader, limits, _Watch(counter, progress))
        if status != 0:
            raise FileRefused(_flaw(status))
        answer.seek(0)
        yield answer


def tell_done(count: int) -> None:
    """Say how far the calling program has come, to whoever started it.

    Parameters
    ----------
    count
        Pieces done.
    """
    # Beside a message of the interpreter that ends it, a number is of no use any more.
    os.pwrite(_STDERR, _COUNT.pack(count), 0)


@dataclass(frozen=True, slots=True)
class _Watch:
    """Looks at the number a program writes into its standard error."""

    counter: IO[bytes]
    progress: Callable[[int], None] | None

    def look(self) -> None:
        told = os.pread(self.counter.fileno(), _COUNT.size, 0)
        if self.progress is not None and len(told) == _COUNT.size:
            (count,) = _COUNT.unpack(told)
            self.progress(count)


def _status(reader: subprocess.Popen[bytes], limits: Limits, watch: _Watch) -> int:
    deadline = time.monotonic() + limits.seconds * _CLOCK_TIMES
    try:
        while (left := deadline - time.monotonic()) > 0:
            try:
                return reader.wait(timeout=min(_LOOK_EACH_S, left))
            except subprocess.TimeoutExpired:
                watch.look()
        return -signal.SIGXCPU
    finally:
        # The whole session: a library may have started a helper of its own.
        if reader.poll() is None:
            os.killpg(reader.pid, signal.SIGKILL)


def _flaw(status: int) -> FileFlaw:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return FileFlaw.TOO_MUCH_TIME
    # An allocation that fails inside a C library ends as abort or segmentation fault.
    if status in (OUT_OF_MEMORY, _LOADER_OUT_OF_MEMORY) or -status in _CRASHES:
        return FileFlaw.TOO_MUCH_MEMORY
    if status == -signal.SIGXFSZ:
        return FileFlaw.TOO_LARGE
    return FileFlaw.READER_FAILED


def reader_environment() -> dict[str, str]:
    """Environment of a reader: nothing of ours, no network.

    Returns
    -------
    environment
        Complete; what is not in it is unset.
    """
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve address space
        "PROJ_NETWORK": "OFF",
    }


def limit_this_process(limits: Limits) -> None:
    """Bind the calling process; it cannot loosen these again.

    An answer that grows too large ends it at once.

    Parameters
    ----------
    limits
        What it may use.
    """
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.answer_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it; here it ends the process
