"""Where something failed is told by our own lines, and without reading them."""

import linecache

import orjson
import pytest

from app.traces import own_lines


def deep(steps):
    if steps:
        deep(steps - 1)
    orjson.loads("{")


@pytest.mark.parametrize(("steps", "told"), [(0, 2), (20, 8)])
def test_the_last_lines_are_told_of_what_was_called_by_whom(steps, told):
    linecache.clearcache()

    with pytest.raises(orjson.JSONDecodeError) as failed:
        deep(steps)
    lines = own_lines(failed.value)

    assert len(lines) == told
    assert lines[-1] == f"test_traces.py:{deep.__code__.co_firstlineno + 3} deep"
    assert __file__ not in linecache.cache


def test_lines_of_libraries_are_left_out():
    with pytest.raises(TypeError) as failed:
        pytest.approx({"a": {}}) == {"a": 1}  # noqa: B015 - it fails within the library

    assert [line.split()[-1] for line in own_lines(failed.value)] == [
        "test_lines_of_libraries_are_left_out"
    ]
