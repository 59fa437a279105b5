import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cluster.server import Server
from app.cluster.sharing import embedded_server
from app.settings import Settings
from tests.conftest import TEST_DIR


@pytest.fixture
def installation() -> Iterator[Settings]:
    """An installation of the test's own, its cluster as durable as in real use."""
    folder = Path(tempfile.mkdtemp(dir=os.environ[TEST_DIR]))
    folder.chmod(0o755)
    settings = Settings(_env_file=None, state_dir=folder / "var", secret_key="for tests only")
    yield settings
    embedded_server(settings).stop()
    shutil.rmtree(folder)


@pytest.fixture
def installed_server(installation: Settings) -> Server:
    return embedded_server(installation)
