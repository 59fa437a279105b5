"""What filters choose in the resident index, or that it cannot tell."""

import pytest

from app.usulan.filters import Filters
from app.usulan.indexed import choice_of
from spatial.index.box import Box

BOUNDS = (110.8, -7.6, 110.9, -7.5)


@pytest.mark.parametrize("named", [{}, {"year": (2026,)}])
def test_a_box_that_is_not_settled_is_never_the_whole_city(named):
    filters = Filters(bbox=BOUNDS, **named)

    assert choice_of(filters) is None
    assert choice_of(filters, Box.of(BOUNDS)).box == Box.of(BOUNDS)


@pytest.mark.parametrize("named", [{"q": "lampu"}, {"updated_after": "2026-01-01T00:00:00Z"}])
def test_what_the_index_does_not_know_is_not_left_out(named):
    assert choice_of(Filters(**named)) is None


def test_an_index_searched_for_words_answers_for_these_alone():
    assert choice_of(Filters(q="lampu"), words="lampu") is not None
    assert choice_of(Filters(q="jalan"), words="lampu") is None
    assert choice_of(Filters(), words="lampu") is None
