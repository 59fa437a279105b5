"""The words that a row has for its place, kept as its address."""

import numpy as np
import pytest

from app.lists.judge import Judged
from app.lists.positions import Positions
from app.lists.said import with_place_words


def judged(**cells: str | None) -> Judged:
    nowhere = np.array([np.nan])
    values = {name: [cell] for name, cell in cells.items()}
    return Judged([0], values, Positions(nowhere, nowhere, {}), groups=[""])


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"rt": "02", "rw": "5", "kelurahan": "Pajang"}, "RT 02, RW 5, Kel. Pajang"),
        ({"rt": "RT02", "rw": "R.W 5"}, "RT02, R.W 5"),
        ({"kelurahan": "Kelapa Gading"}, "Kel. Kelapa Gading"),
        ({"kelurahan": "KEL. PAJANG", "kecamatan": "Kecamatan Laweyan"}, None),
        ({"rt": "02", "address": "Jl. Kawi"}, "Jl. Kawi"),
    ],
)
def test_what_a_cell_leaves_out_is_put_before_it(cells, address):
    before = judged(**cells)

    after = with_place_words(before)

    assert after.values["address"] == [address or ", ".join(filter(None, cells.values()))]
    assert before.values.get("address") == ([cells["address"]] if "address" in cells else None)
