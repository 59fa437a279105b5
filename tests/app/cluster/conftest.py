import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cluster.server import Server
from tests.conftest import TEST_DIR
from tests.databases import quick_server


@contextmanager
def short_folder() -> Iterator[Path]:
    """A short path that any user may enter, and no server left in it."""
    made = Path(tempfile.mkdtemp(dir=os.environ[TEST_DIR]))
    made.chmod(0o755)
    yield made
    quick_server(made).stop()  # a failed test must leave no server behind
    shutil.rmtree(made)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the test's own."""
    with short_folder() as made:
        yield made


@pytest.fixture
def own_server(folder: Path) -> Server:
    """A server of the test's own, not yet started."""
    return quick_server(folder)
