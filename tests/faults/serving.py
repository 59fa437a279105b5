"""`peta serve` as a person starts it, over an installation of the test's own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.settings import Settings
from tests.faults.killing import PATIENCE_S

ADDRESS_LINE = "Peta Usulan: "
COMMAND = [sys.executable, "-m", "app.cli", "serve", "--port", "0"]


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen
    address: str

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address + path, timeout=PATIENCE_S)

    def is_alive(self) -> bool:
        try:
            return self.get("/healthz").status_code == 200
        except httpx.TransportError:
            return False

    def checks(self) -> dict[str, bool]:
        return self.get("/readyz").json()["checks"]

    def interrupt(self) -> None:
        """Press Ctrl-C, and wait for the end of the process."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE_S)


@contextmanager
def serving(settings: Settings, log: Path, **environment: str) -> Iterator[Served]:
    """The server once it listens; its database may not be there yet."""
    chosen = {"PETA_STATE_DIR": str(settings.state_dir), "PETA_SECRET_KEY": "for tests only"}
    with log.open("w") as output:
        process = subprocess.Popen(
            COMMAND, stdout=output, stderr=output, env={**os.environ, **chosen, **environment}
        )
    try:
        yield Served(process, _address(process, log))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_S)


def _address(process: subprocess.Popen, log: Path) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith(ADDRESS_LINE):
                return line.removeprefix(ADDRESS_LINE).split()[0]
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")
