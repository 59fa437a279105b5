"""Our own program as `make run` installs it: what only the tests need is not in the process."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from app.settings import PROJECT_DIR, Settings


@cache
def served_python() -> Path:
    """The interpreter of an environment of its own, brought to what the lock file says."""
    home = Settings().state_dir / "bench/served"
    places = os.pathsep.join([str(PROJECT_DIR / ".tools/bin"), os.environ.get("PATH", "")])
    uv = shutil.which("uv", path=places)
    if uv is None:
        raise SystemExit("uv is missing: make setup installs it")
    # Compiled now, or the first start would be slower than every other.
    options = ["--locked", "--no-dev", "--compile-bytecode", "--quiet", "--python", sys.executable]
    environment = os.environ | {
        "UV_PROJECT_ENVIRONMENT": str(home),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_SYSTEM_CERTS": "1",
    }
    subprocess.run([uv, "sync", *options], cwd=PROJECT_DIR, env=environment, check=True)
    return home / "bin" / "python"
