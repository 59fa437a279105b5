"""Thousands of damaged boundary files: each read to its last row, or refused with a reason."""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest

from app.areas.boundary_words import file_refusal
from spatial.boundaries import read
from spatial.boundaries.check import Expectation, check_boundaries
from spatial.boundaries.examine import examine_boundaries
from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal
from spatial.boundaries.read import read_boundary_rows
from spatial.boundaries.reader import READERS
from spatial.boundaries.sandbox import limits_for
from spatial.boundaries.wish import Wish
from tests.quickness import soon_over
from tests.security.boundary_corpus import Case, corpus
from tests.security.test_hostile_files import CANARY, canary, listener

__all__ = ["canary", "listener"]

EXPECTED = Expectation(city="33.72", level="kelurahan", code_field="kode", name_field="nama")
ROWS = 4
# Damage that leaves a file of no sense at all, whose rows are then nobody's.
MAY_LOSE_ROWS = {"cut out", "doubled", "noise", "bits", "numbers", "head"}


def answer_to(case: Case, folder: Path) -> str:
    """`read`, `refused rows` or the flaw; fails where a row was lost without a word."""
    flaw = None
    path = case.put(folder)
    limits = limits_for(path.stat().st_size)
    try:
        with soon_over(case):
            rows = read_boundary_rows(path)
            found = examine_boundaries(rows.features, EXPECTED, limits=limits)
    except FileRefused as refused:
        flaw = refused
    finally:
        for suffix in case.parts:
            path.with_suffix(suffix).unlink()
    if flaw is not None:
        assert flaw.flaw is not FileFlaw.READER_FAILED, case  # a crash, however it was caught
        assert CANARY not in file_refusal(flaw), case
        return flaw.flaw.value
    checked = found.checked
    assert checked.accepted + len(checked.refused) == checked.read == len(rows.features), case
    assert checked.read == ROWS or case.damage in MAY_LOSE_ROWS, case
    if case.damage == "swapped axes":
        assert {row.why for row in checked.refused} == {Refusal.SWAPPED_AXES}, case
    return "refused rows" if checked.refused else "read"


def rows_in_this_process(case: Case, folder: Path) -> str:
    """The same without a process of its own, so that a crash shows as what it is."""
    path = case.put(folder)
    try:
        with read._opened(path) as file:
            known = read._format(file)
            is_bare = known.name == "Shapefile"
            with read._packed(path) if is_bare else nullcontext(file) as whole:
                content = whole.read()
        features = list(READERS[known.reader](content, Wish()).features)
        checked = check_boundaries(features, EXPECTED)
    except FileRefused as refused:
        return refused.flaw.value
    finally:
        for suffix in case.parts:
            path.with_suffix(suffix).unlink()
    assert checked.accepted + len(checked.refused) == len(features), case
    assert len(features) == ROWS or case.damage in MAY_LOSE_ROWS, case
    return "refused rows" if checked.refused else "read"


def test_no_reader_fails_in_a_way_of_its_own(tmp_path):
    told = Counter(rows_in_this_process(case, tmp_path) for case in corpus(tmp_path, 600))

    assert told.total() == 600
    assert {"read", "refused rows", "damaged", "archive_unsafe"} <= set(told)


def answers(count: int, folder: Path) -> Counter[tuple[str, str]]:
    told: Counter[tuple[str, str]] = Counter()
    for case in corpus(folder, count):
        told[case.format, answer_to(case, folder)] += 1
    return told


def test_a_sample_of_damaged_files_is_read_or_refused(tmp_path, canary, listener):
    _, asked = listener

    told = answers(40, tmp_path)

    assert told.total() == 40
    assert asked == []


@pytest.mark.long
@pytest.mark.timeout(3 * 3600)
def test_2400_damaged_files_are_each_read_or_refused(tmp_path, canary, listener):
    _, asked = listener

    told = answers(2_400, tmp_path)

    assert told.total() == 2_400
    assert asked == []


def test_the_corpus_is_the_same_each_time(tmp_path):
    first = [(str(case), case.parts) for case in corpus(tmp_path, 120)]

    again = [(str(case), case.parts) for case in corpus(tmp_path, 120)]

    assert [name for name, _ in first] == [name for name, _ in again]
    assert len({name.split("-", 1)[1] for name, _ in first}) == 60  # 5 formats, 12 kinds of damage
