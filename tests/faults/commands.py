"""`peta` in a process of its own, which a test may end as a person or a machine would."""

import os
import subprocess
import sys
from pathlib import Path

from app.settings import PROJECT_DIR


def start_peta(
    url: str, state_dir: Path, *arguments: object, cwd: Path | None = None
) -> subprocess.Popen[str]:
    """The command at work on a database; what it prints is piped, as text."""
    environment = os.environ | {
        "PETA_DATABASE_URL": url,
        "PETA_SECRET_KEY": "for tests only",
        "PETA_STATE_DIR": str(state_dir),
        "PYTHONPATH": str(PROJECT_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", *map(str, arguments)],
        env=environment,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
