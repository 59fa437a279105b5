"""No pattern by which text of strangers is judged takes long over any of it."""

import importlib
import json
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import app
import spatial
from app.readings.cells import LONGEST_VALUE
from app.readings.dates import read_moment, read_year
from app.readings.numbers import read_quantity, read_rupiah
from spatial.mentions.parse import LONGEST_PLACE, mention_in_text
from tests.house.source import ROOT

LONG = 3_000
BOUNDED = {"app.readings.": LONGEST_VALUE, "spatial.mentions.": LONGEST_PLACE}
"""Rooms that look at no text longer than this; the last test holds them to it."""
MOST_S = 1.0
"""Of CPU time, for all texts together."""
PIECES = [
    *("a", "A", "0", "1.", "9,", ".", "-", "_", " ", "\t", "\n", "@", "a@", "a.", "%", "%2f"),
    *("/", "\\", "'", '"', "<", "&", "+", "(", "[", "{", "{a", "\x00", "\u202e", "é", "😀"),
    *("RT 0", "RW", "rt/rw ", "33.72.", "1.0", "00", "Jl. ", "Rp", "Rp1.", "2026-", "08:"),
]
ENDS = ["", "!", "\x00", "@", "a" * 3]


def texts(length: int) -> list[str]:
    return [piece * (length // len(piece)) + end for piece in PIECES for end in ENDS]


def compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module keeps."""
    for package in (app, spatial):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__") or found.name.startswith("app.cli"):
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                for pattern in value if isinstance(value, list | tuple) else [value]:
                    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                        yield f"{found.name}.{name}", pattern


def described() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of the API's description."""

    def within(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if isinstance(part.get("pattern"), str):
                yield part["pattern"]
            for inner in part.values():
                yield from within(inner)
        if isinstance(part, list):
            for inner in part:
                yield from within(inner)

    told = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    for pattern in sorted(set(within(told))):
        yield f"api {pattern}", re.compile(pattern)


PATTERNS = {pattern.pattern: (name, pattern) for name, pattern in (*compiled(), *described())}


def cpu_s(pattern: re.Pattern[str], length: int) -> float:
    """What it takes to look for it in every text, until that is too long."""
    begun = time.process_time()
    for text in texts(length):
        pattern.search(text), pattern.match(text), pattern.fullmatch(text)
        if time.process_time() - begun > MOST_S:
            break
    return time.process_time() - begun


def test_there_are_patterns_to_look_at():
    assert len(PATTERNS) > 40


def test_a_pattern_that_takes_long_is_noticed():
    pattern = re.compile(r"\s*\s*x")  # takes the third power of the length

    assert cpu_s(pattern, 1_500) > MOST_S


@pytest.mark.timeout(30)  # one that doubles with each letter ends in no other way
@pytest.mark.parametrize("name", [name for name, _ in PATTERNS.values()])
def test_a_pattern_is_soon_done_with_any_text(name):
    [pattern] = [pattern for known, pattern in PATTERNS.values() if known == name][:1]
    length = next((most for room, most in BOUNDED.items() if name.startswith(room)), LONG)

    assert cpu_s(pattern, length) < MOST_S


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "read", [read_quantity, read_rupiah, read_moment, read_year, mention_in_text]
)
def test_what_reads_words_of_files_is_soon_done_with_those_of_any_length(read):
    begun = time.process_time()

    for text in texts(20_000):
        read(text)
        read(f"1{text}")

    assert time.process_time() - begun < 10 * MOST_S
