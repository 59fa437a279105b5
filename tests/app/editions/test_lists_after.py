"""A list that comes again after another edition became active."""

import pytest

from tests.app.areas.test_load_boundaries import surakarta
from tests.app.command import Installation
from tests.app.editions.test_diff import two
from tests.app.lists.loading import HEADER, PROBLEM, load

__all__ = ["surakarta", "two"]

EAST_OF_PAJANG = "110.8075,-7.565"
PRIVATE = f"a1,Rumah tidak layak,{PROBLEM},KP07"


@pytest.fixture
def settled(two: Installation) -> Installation:
    assert (
        load(
            two,
            f"{PRIVATE},{EAST_OF_PAJANG}{REFUSED}",
            header=WITH_STATUS,
        ).status
        == 0
    )
    assert two.peta("boundaries", "activate", "2026", "--city", "33.72").status == 0
    return two


REFUSED = ",ditolak,A08,Anggaran tahun ini terbatas"
WITH_STATUS = f"{HEADER},status,reason_code,reason"


def place_of(installation: Installation) -> tuple:
    [row] = installation.rows("SELECT edition_id, kelurahan, title FROM peta.usulan")
    return row


def test_other_words_do_not_move_a_closed_usulan(settled):
    again = PRIVATE.replace("tidak layak", "hampir roboh")

    assert (
        load(
            settled,
            f"{again},{EAST_OF_PAJANG}{REFUSED}",
            header=WITH_STATUS,
        ).status
        == 0
    )

    assert place_of(settled) == (1, "33.72.01.1001", "Rumah hampir roboh")


def test_another_position_moves_it_into_the_active_edition(settled):
    elsewhere = "110.8076,-7.565"

    assert (
        load(
            settled,
            f"{PRIVATE},{elsewhere}{REFUSED}",
            header=WITH_STATUS,
        ).status
        == 0
    )

    assert place_of(settled) == (2, "33.72.01.1003", "Rumah tidak layak")
    assert settled.rows("SELECT count(*) FROM peta.other_place") == [(0,)]
