"""Where the log goes."""

from collections.abc import Iterator
from io import StringIO

import orjson
import pytest
import structlog

from app.web.logs import configure_logs


class Pieces(StringIO):
    """An output that keeps what it was given each time."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str, /) -> int:
        self.pieces.append(text)
        return super().write(text)


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


def test_a_line_and_its_end_are_written_at_once(monkeypatch):
    output = Pieces()
    monkeypatch.setattr("sys.stderr", output)

    structlog.get_logger().info("said")

    assert [piece[-1] for piece in output.pieces] == ["\n"]
