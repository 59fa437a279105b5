"""An index of some rows alone answers as one that was made of these."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spatial.index.choice import Choice
from spatial.index.pages import Order
from tests.spatial.test_index_pages import changed
from tests.spatial.usulan_rows import EXAMPLES, choices, is_in, sets_of_rows

ids_asked = st.lists(st.integers(0, 400), max_size=30, unique=True).map(sorted)


@EXAMPLES
@given(
    rows=sets_of_rows,
    later=sets_of_rows,
    named=st.tuples(ids_asked, st.sets(st.integers(0, 3), max_size=2)),
    choice=choices,
    is_folded=st.booleans(),
)
def test_a_part_has_what_is_named_and_nothing_else(rows, later, named, choice, is_folded):
    index, every = changed(rows, later)
    index = index.folded() if is_folded else index
    numbers = sorted({row.number for row in every})
    ids = [numbers[place % len(numbers)] for place in named[0]] if numbers else [7]
    categories = [index.vocabulary.category[place % 4] for place in named[1]]

    part = index.only(np.array(sorted({*ids, 10**9})), categories)

    kept = [row for row in every if row.number in ids or row.category in categories]
    wanted = [row for row in kept if is_in(row, choice)]
    assert len(part) == len(kept)
    page = part.page(choice, Order("created", descending=True), most=10_000)
    assert sorted(page.ids.tolist()) == sorted(row.number for row in wanted)
    totals = part.totals(choice, level="rw", by=("status",))
    assert totals.matched == len(wanted)
    assert totals.unlocated == sum(row.position is None for row in wanted)
    counts = part.cells(Choice(), level=0).sums[0].sum() + part.crowds(Choice()).sums[0].sum()
    placed = [row for row in kept if is_in(row, Choice()) and row.position is not None]
    assert counts == len(placed)
