from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cluster import DatabaseUrls
from tests.app.command import Installation, installed


@pytest.fixture
def installation(urls: DatabaseUrls, tmp_path: Path) -> Iterator[Installation]:
    with installed(urls, tmp_path) as place:
        yield place
