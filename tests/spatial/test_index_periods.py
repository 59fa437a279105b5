"""Sums by the period in which usulan were made."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.periods import MEASURES
from tests.spatial.test_index_pages import changed
from tests.spatial.usulan_rows import (
    EXAMPLES,
    Row,
    choices,
    columns_of,
    is_in,
    random_rows,
    sets_of_rows,
)


def by_period(rows: list[Row], starts: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in rows:
        period = sum(start <= row.created for start in starts) - 1
        known = found.setdefault(period, [0] * len(MEASURES))
        found[period] = [a + b for a, b in zip(known, (1, *row.measures), strict=True)]
    return found


@EXAMPLES
@given(
    rows=sets_of_rows,
    later=sets_of_rows,
    choice=choices,
    shares=st.lists(st.floats(0, 1), min_size=1, max_size=4),
    is_folded=st.booleans(),
)
def test_sums_and_open_rows_are_together_what_was_made_in_each_period(
    rows, later, choice, shares, is_folded
):
    index, every = changed(rows, later)
    index = index.folded() if is_folded else index
    wanted = [row for row in every if is_in(row, choice)]
    made = sorted(row.created for row in every) or [0]
    starts = sorted({made[int(share * (len(made) - 1))] for share in shares})

    found = index.periods(choice, np.array(starts))

    created = {row.number: row.created for row in every}
    sums = {
        int(key): column.tolist()
        for key, column in zip(found.sums.keys, found.sums.sums.T, strict=True)
    }
    for number, measures in zip(found.ids.tolist(), found.measures.T.tolist(), strict=True):
        period = sum(start <= created[number] for start in starts) - 1
        known = sums.setdefault(period, [0] * len(MEASURES))
        sums[period] = [a + b for a, b in zip(known, measures, strict=True)]
    assert sums == by_period(wanted, starts)


def test_few_rows_are_left_open():
    rows = random_rows(8, 5_000)
    index = Index.of(*columns_of(rows))
    made = sorted(row.created for row in rows)

    found = index.periods(Choice(), np.array(made[::1_000]))

    assert len(found.ids) < 5 * 64
    assert found.sums.sums[0].sum() + len(found.ids) == sum(is_in(row, Choice()) for row in rows)
