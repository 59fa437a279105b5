"""Rows that leave and come, beside the same done one by one with a list."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.index.merge import Merge, places_in_stead

seeds = st.integers(0, 2**32)


def merged_by_hand(mine, removed, places, theirs):
    """The result as a list, a row of the sequence as itself."""
    result = []
    for row in range(len(mine) + 1):
        result += [new for place, new in zip(places, theirs, strict=True) if place == row]
        if row < len(mine) and row not in removed:
            result.append(mine[row])
    return result


def drawn(rng, *, few):
    """A sequence, what leaves it, and before which rows something comes."""
    length = rng.randint(0, 60)
    removed = sorted(rng.sample(range(length), rng.randint(0, min(length, 6 if few else length))))
    if few:  # most of them in the stead of what leaves, or near it
        places = [min(length, max(0, row + rng.choice((1, 1, 1, 0, 2)))) for row in removed]
    else:
        places = [rng.randint(0, length) for _ in range(rng.randint(0, 20))]
    return list(range(length)), np.array(removed, np.int64), np.array(sorted(places), np.int64)


@given(seed=seeds, few=st.booleans())
def test_a_column_is_what_taking_out_and_putting_in_one_by_one_gives(seed, few):
    mine, removed, places = drawn(Random(seed), few=few)
    theirs = list(range(1_000, 1_000 + len(places)))

    merge = Merge.of(len(mine), removed, places)
    column = merge.column(np.array(mine, np.int64), np.array(theirs, np.int64))

    assert column.tolist() == merged_by_hand(mine, set(removed.tolist()), places, theirs)
    assert column[merge.fresh].tolist() == theirs


@given(seed=seeds, few=st.booleans())
def test_rows_are_followed_to_where_they_are(seed, few):
    rng = Random(seed)
    mine, removed, places = drawn(rng, few=few)
    rows = np.array(rng.sample(mine, len(mine)), np.int32)

    merge = Merge.of(len(mine), removed, places)
    followed = merge.followed(rows)

    result = merged_by_hand(mine, set(removed.tolist()), places, [-1] * len(places))
    assert followed.tolist() == [result.index(row) if row in result else -1 for row in rows]
    stayed = [row for row in mine if row not in removed]
    assert merge.where(np.array(stayed, np.int64)).tolist() == [result.index(row) for row in stayed]


def test_rows_changed_in_their_places_move_no_other():
    keys = np.array([2, 5, 5, 5, 5, 9, 9, 14])
    removed = np.array([1, 3, 6])
    coming = np.array([5, 5, 5, 9])
    behind = np.searchsorted(keys, coming, side="right")

    places = places_in_stead(coming, behind, removed, keys[removed])

    assert places.tolist() == [2, 4, 5, 7]
    same = Merge.of(len(keys), removed, places[[0, 1, 3]])
    assert same.moves_none
    assert same.fresh.tolist() == removed.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_what_comes_in_the_stead_of_others_leaves_keys_in_order(seed):
    rng = Random(seed)
    keys = np.sort([rng.randint(0, 9) for _ in range(40)])
    removed = np.array(sorted(rng.sample(range(40), 12)))
    coming = np.sort([rng.randint(0, 9) for _ in range(12)])

    places = np.searchsorted(keys, coming, side="right")
    merge = Merge.of(40, removed, places_in_stead(coming, places, removed, keys[removed]))

    merged = merge.column(keys, coming)
    assert (np.diff(merged) >= 0).all()
    assert sorted(merged.tolist()) == sorted(np.delete(keys, removed).tolist() + coming.tolist())
