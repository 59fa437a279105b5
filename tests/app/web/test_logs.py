"""Where the log goes."""

from collections.abc import Iterator
from io import StringIO

import orjson
import pytest
import structlog

from app.web.logs import configure_logs


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    before = structlog.get_config()
    configure_logs("INFO")
    yield
    structlog.configure(**before)


def test_a_line_goes_to_the_error_output_of_its_moment(monkeypatch):
    log = structlog.get_logger()
    first, second = StringIO(), StringIO()

    for output in (first, second):
        monkeypatch.setattr("sys.stderr", output)
        log.info("said")
    first.close()
    log.info("said again")

    assert [line["event"] for line in map(orjson.loads, second.getvalue().splitlines())] == [
        "said",
        "said again",
    ]
