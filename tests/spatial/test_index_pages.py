"""Pages of a list in every order, and boxes whose edges run through places."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.grid import cells_at
from spatial.index import box as box_module
from spatial.index.box import Box
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.moments import MOST, SHARED, Moments
from spatial.index.pages import ORDERED, After, Order
from spatial.index.stretches import Stretches
from tests.spatial.usulan_rows import (
    EXAMPLES,
    STATUSES,
    YEARS,
    Row,
    boxes,
    choices,
    columns_of,
    is_in,
    is_in_doubt,
    key_of,
    random_rows,
    seeds,
    sets_of_rows,
)

orders = st.builds(Order, st.sampled_from(ORDERED), st.booleans())


def rank(row: Row, order: Order) -> tuple:
    """By the value, the unknown last, then by number."""
    value = getattr(row, order.name)
    if value is None:
        return (1, 0, row.number)
    return (0, -value if order.descending else value, row.number)


def changed(rows: list[Row], later: list[Row]) -> tuple[Index, list[Row]]:
    """An index in which some rows took the place of others, and the rows that it then has."""
    columns, words = columns_of(rows)
    index = Index.of(columns, words)
    new, more = columns_of(later, words)
    gone = [row.number for row in rows[::5]]
    index = index.applied(new, gone, more)
    kept = {row.number: row for row in rows if row.number not in gone}
    return index, list((kept | {row.number: row for row in later}).values())


@EXAMPLES
@given(
    rows=sets_of_rows,
    later=sets_of_rows,
    choice=choices,
    order=orders,
    shape=st.tuples(st.sampled_from([1, 3, 20]), st.booleans()),
)
def test_pages_one_after_the_other_name_every_row_in_order(rows, later, choice, order, shape):
    index, every = changed(rows, later)
    most, is_folded = shape
    index = index.folded() if is_folded else index
    wanted = sorted((row for row in every if is_in(row, choice)), key=lambda row: rank(row, order))
    by_number = {row.number: row for row in every}

    seen, after = [], None
    while True:
        page = index.page(choice, order, after=after, most=most)
        assert page.exact.tolist() == [
            by_number[name].precision == "exact" and by_number[name].position is not None
            for name in page.ids.tolist()
        ]
        named = sorted(
            (by_number[name] for name in page.ids.tolist()), key=lambda r: rank(r, order)
        )
        if after is not None:
            named = [row for row in named if rank(row, order) > rank(seen[-1], order)]
        shown = named[:most]
        seen += shown
        if len(shown) < most:
            break
        after = After(getattr(shown[-1], order.name), shown[-1].number)

    assert seen == wanted
    assert page.matched == len(wanted)
    assert page.unlocated == sum(row.position is None for row in wanted)


def test_a_page_names_few_rows_more_than_it_shows():
    rows = random_rows(5, 3_000)
    index = Index.of(*columns_of(rows))

    found = index.page(Choice(), Order("updated", descending=True), most=100)

    assert 100 <= len(found.ids) <= 100 + 3 * SHARED


@pytest.mark.parametrize("name", ORDERED)
@pytest.mark.parametrize("descending", [True, False])
def test_pages_of_many_rows_are_named_in_order_without_naming_all(name, descending, monkeypatch):
    rows = random_rows(11, 9_000)
    index, every = changed(rows, random_rows(12, 40))
    order, choice = Order(name, descending), Choice(status=frozenset(["diajukan", "selesai"]))
    wanted = sorted((row for row in every if is_in(row, choice)), key=lambda row: rank(row, order))
    monkeypatch.setattr(Stretches, "rows", _not_to_be_named)

    after, seen = None, []
    for _ in range(4):
        page = index.page(choice, order, after=after, most=50)
        by_number = {row.number: row for row in every}
        named = (by_number[name] for name in page.ids.tolist())
        beyond = [row for row in named if not seen or rank(row, order) > rank(seen[-1], order)]
        seen += sorted(beyond, key=lambda row: rank(row, order))[:50]
        after = After(getattr(seen[-1], name), seen[-1].number)

    assert seen == wanted[:200]
    assert page.matched == len(wanted)


def _not_to_be_named(_stretches) -> None:
    raise AssertionError("all rows of the set were named for one page")


@EXAMPLES
@given(rows=sets_of_rows, later=sets_of_rows, box=boxes)
def test_what_runs_along_an_edge_is_in_doubt_and_nothing_else(rows, later, box):
    index, every = changed(rows, later)

    ids, keys = index.doubtful(box)

    doubtful = [row for row in every if is_in_doubt(row, box)]
    assert sorted(zip(ids.tolist(), keys.tolist(), strict=True)) == sorted(
        (row.number, key_of(row)) for row in doubtful
    )


@EXAMPLES
@given(rows=sets_of_rows, box=boxes, choice=choices)
def test_a_box_holds_what_is_surely_in_it_and_what_it_was_told_of(rows, box, choice):
    index = Index.of(*columns_of(rows))
    keys = index.doubtful(box)[1].tolist()
    settled = box.settled(key for key in keys if key % 3)
    chosen = Choice(status=choice.status, year=choice.year, box=settled)

    found = index.totals(chosen, level="kota")

    inside = [row for row in rows if is_in(row, chosen)]
    assert found.matched == len(inside)
    assert found.unlocated == 0
    assert int(index.cells(chosen, level=18).sums[0].sum()) == sum(
        row.precision == "exact" for row in inside
    )
    assert int(index.crowds(chosen).sums[0].sum()) == sum(row.precision == "rw" for row in inside)


@EXAMPLES
@given(rows=sets_of_rows, box=boxes, most_gap=st.sampled_from([0, 2, 1_000]))
def test_a_box_holds_the_same_however_long_the_stretches_that_are_looked_at(rows, box, most_gap):
    index = Index.of(*columns_of(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(box_module, "MOST_GAP", most_gap)
        settled = box.settled(key for key in index.doubtful(box)[1].tolist() if key % 3)
        every = Choice(status=frozenset(STATUSES), year=frozenset(YEARS), box=settled)

        page = index.page(every, Order("created", descending=True), most=len(rows) + 1)

    assert page.ids.tolist() == sorted(row.number for row in rows if is_in(row, every))


@given(seed=seeds)
def test_degrees_that_are_not_in_doubt_lie_where_the_box_says(seed):
    rng = np.random.default_rng(seed)
    edges = np.sort(rng.uniform(110.7, 110.9, 2)), np.sort(rng.uniform(-7.6, -7.5, 2))
    (west, east), (south, north) = edges
    step = 1e-7
    longitudes = np.concatenate([rng.uniform(110.69, 110.91, 50), edges[0], edges[0] + step])
    latitudes = np.concatenate([rng.uniform(-7.61, -7.49, 50), edges[1], edges[1] - step])
    box = Box.of((west, south, east, north))
    cells = cells_at(longitudes, latitudes)

    columns, words = columns_of(random_rows(seed, len(cells)))
    everywhere = np.ones(len(cells), dtype=np.bool_)
    index = Index.of(
        replace(columns, ids=np.arange(len(cells)), cells=cells, exact=everywhere), words
    )

    doubtful = set(index.doubtful(box)[0].tolist())
    every = Choice(status=frozenset(STATUSES), year=frozenset(YEARS), box=box)
    sure = index.page(every, Order("created", descending=False), most=1_000).ids.tolist()

    inside = (
        (longitudes >= west) & (longitudes <= east) & (latitudes >= south) & (latitudes <= north)
    )  # fmt: skip
    for number in set(range(len(cells))) - doubtful:
        assert (number in sure) == inside[number]


@given(
    first=st.lists(st.integers(-50, 5_000), max_size=300),
    others=st.lists(st.lists(st.integers(-60, 9_000), min_size=1, max_size=80), max_size=8),
)
def test_moments_keep_their_codes_and_the_order_of_instants(first, others):
    moments, coded = Moments.none(), []
    for values in (first, *others):
        instants = np.array(values, dtype=np.int64)
        moments = moments.extended(instants)
        coded += zip(values, moments.codes(instants).tolist(), strict=True)

    assert [moments.code(value) for value, _ in coded] == [code for _, code in coded]
    in_order = [code for _, code in sorted(coded)]
    assert in_order == sorted(in_order)
    for code in {code for _, code in coded}:
        if moments.is_single(code):
            assert len({value for value, mine in coded if mine == code}) == 1


def test_an_instant_that_many_share_has_a_stretch_of_its_own():
    rng = np.random.default_rng(3)
    spread = rng.integers(0, 10**12, 500_000)
    at_once = np.full(300_000, 5 * 10**11)

    moments = Moments.of(np.concatenate([spread, at_once]))

    assert moments.is_single(moments.code(5 * 10**11))
    assert len(moments) < MOST
    assert np.bincount(moments.codes(spread)).max() < 300


@pytest.mark.parametrize("before", [0, 5, 1_000])
def test_a_batch_that_comes_later_is_split_like_one_that_comes_first(before):
    moments = Moments.none().extended(np.arange(before))
    at_once, spread = np.full(2_000, 10**6), np.arange(2 * 10**6, 2 * 10**6 + 3_000)

    later = moments.extended(np.concatenate([spread, at_once]))

    assert before == 0 or later.begins_with(moments)
    assert later.is_single(later.code(10**6))
    assert np.bincount(later.codes(spread)).max() <= 2 * SHARED


def test_batches_without_end_leave_room_for_the_next():
    moments = Moments.of(np.arange(10**6))

    for start in range(10**6, 11 * 10**6, 10**5):
        longer = moments.extended(np.arange(start, start + 5_000))

        assert len(moments) < len(longer) <= MOST
        moments = longer


@pytest.mark.parametrize("number", [0, 1])
def test_later_instants_open_a_stretch_when_the_last_is_full(number):
    moments = Moments.of(np.arange(SHARED + number) * 10)
    later = moments.extended(np.array([100_000]))

    assert later.begins_with(moments)
    assert len(later) >= len(moments)
