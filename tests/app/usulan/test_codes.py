from uuid import UUID

import pytest

from app.usulan.codes import ALPHABET, tracking_code, tracking_hash

SECRET = b"a secret"
USULAN = UUID("01900000-0000-7000-8000-000000000001")


def test_the_same_usulan_always_has_the_same_code():
    assert tracking_code(SECRET, USULAN) == tracking_code(SECRET, USULAN)


def test_another_secret_or_usulan_has_another_code():
    other = UUID("01900000-0000-7000-8000-000000000002")

    codes = {
        tracking_code(SECRET, USULAN),
        tracking_code(b"b", USULAN),
        tracking_code(SECRET, other),
    }

    assert len(codes) == 3


def test_a_code_is_thirteen_characters_in_groups():
    code = tracking_code(SECRET, USULAN)

    assert [len(group) for group in code.split("-")] == [4, 4, 5]
    assert set(code.replace("-", "")) <= set(ALPHABET)


def test_all_thirty_two_characters_come_up_in_every_place():
    codes = [tracking_code(SECRET, UUID(int=number)).replace("-", "") for number in range(2_000)]

    assert all({code[place] for code in codes} == set(ALPHABET) for place in range(13))


@pytest.mark.parametrize(
    "typed",
    ["01OI-LABC-DEFGH", "o1oilabcdefgh", " 0101 1ABC DEFGH ", "0-1-0-1-1-A-B-C-D-E-F-G-H"],
)
def test_a_code_is_known_however_it_was_typed(typed):
    assert tracking_hash(typed) == tracking_hash("01011ABCDEFGH")


@pytest.mark.parametrize(
    "typed", ["", "0101", "01011ABCDEFGHJ", "01011ABCDEFGU", "\x00" * 13, "é" * 13]
)
def test_what_cannot_be_a_code_has_no_digest(typed):
    assert tracking_hash(typed) is None
