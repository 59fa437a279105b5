from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from app.cluster import DatabaseUrls
from tests.app.command import Installation, installed


@pytest.fixture
def installation(urls: DatabaseUrls, tmp_path: Path) -> Iterator[Installation]:
    with installed(urls, tmp_path) as place:
        yield place


@pytest.fixture
def city(installation: Installation) -> Installation:
    """A city of two square kelurahan, each of 0.01 degrees."""
    installation.settle(
        {
            "33.72.01.1001": shapely.box(110.80, -7.57, 110.81, -7.56),
            "33.72.01.1002": shapely.box(110.81, -7.57, 110.82, -7.56),
        }
    )
    return installation
