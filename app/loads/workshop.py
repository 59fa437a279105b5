"""The process in which works on loads begin, as the server sees it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress

import orjson

from app.settings import PROJECT_DIR

_KILLED = -9


class Workshop:
    """Started by the first order; a fork of it does each, and all end with the server."""

    def __init__(self) -> None:
        self._process: Process | None = None

    @property
    def is_open(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.returncode is None

    async def do(self, told: bytes, progress: Callable[[int, int], None]) -> int:
        """Have one order done; the status with which it ended, negative where it was killed.

        `progress` hears how many rows are done, and of about how many.
        """
        process = await self._opened()
        if process.stdin is None or process.stdout is None:
            return _KILLED
        with suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(told + b"\n")
            await process.stdin.drain()
        async for line in process.stdout:
            match orjson.loads(line):
                case [done, about]:
                    progress(done, about)
                case [status]:
                    return int(status)
        return await process.wait() or _KILLED

    def kill(self) -> None:
        """End what goes on at once; the next order starts anew."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def close(self) -> None:
        """End the process, which takes the memory of what it has imported."""
        self.kill()
        process, self._process = self._process, None
        if process is not None:
            await asyncio.shield(process.wait())

    async def _opened(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "app.loads.worker"),
                stdin=PIPE,
                stdout=PIPE,
                cwd=PROJECT_DIR,
            )
        return self._process
