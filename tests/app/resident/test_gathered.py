import numpy as np
import pytest

from app.resident.gathered import KINDS, Gathered
from app.resident.rows import RowDecoder, UnreadableRows, _layout, decode_rows

HEAD = b"PGCOPY\n\xff\r\n\x00" + bytes(8)


def rows_of(count: int, *, seed: int) -> np.ndarray:
    """Rows as the database sends them, with few distinct hashes."""
    rng = np.random.default_rng(seed)
    rows = np.zeros(count, dtype=_layout())
    for name in rows.dtype.names:
        if name.endswith("_bytes"):
            rows[name] = rows.dtype[name.removesuffix("_bytes")].itemsize
    rows["columns"] = len(rows.dtype.names) // 2
    rows["number"] = [f"99.71-2026-{number:06d}".encode() for number in range(count)]
    for kind in KINDS:
        rows[kind] = rng.choice(rng.integers(-(2**63), 2**63 - 1, 20), count)
    rows["cell"] = rng.integers(-1, 2**62, count)
    rows["cost"] = rng.integers(-1, 2**40, count)
    rows["year"] = rng.integers(2020, 2030, count)
    return rows


@pytest.mark.parametrize("piece_rows", [1, 7, 100, 1000])
def test_columns_have_what_came_in_blocks_of_any_size(piece_rows):
    rows = rows_of(100, seed=1)
    gathered = Gathered(piece_rows=piece_rows)

    for first, last in ((0, 3), (3, 3), (3, 60), (60, 100)):
        gathered.take(rows[first:last])

    for name in ("cell", "cost", "year", "standing", "beneficiaries"):
        assert gathered.column(name).tolist() == rows[name].tolist()
    for kind in KINDS:
        hashes = gathered.hashes(kind)
        assert [hashes[number] for number in gathered.column(kind)] == rows[kind].tolist()
        assert len(hashes) == len(set(hashes))
        assert set(gathered.examples()[kind].tolist()) == set(hashes)
    assert len(set(gathered.column("id").tolist())) == 100


@pytest.mark.parametrize("step", [1, 18, 19, 130, 5000])
def test_rows_come_whole_however_the_answer_is_cut(step):
    rows = rows_of(20, seed=2)
    answer = HEAD + rows.tobytes() + b"\xff\xff"
    decoder = RowDecoder()

    found = [decoder.rows(answer[at : at + step]) for at in range(0, len(answer), step)]
    decoder.end()

    assert np.concatenate(found).tolist() == rows.tolist()


@pytest.mark.parametrize("cut", [1, 2, 3, 131])
def test_an_answer_that_broke_off_is_refused(cut):
    answer = HEAD + rows_of(3, seed=3).tobytes() + b"\xff\xff"

    with pytest.raises(UnreadableRows):
        decode_rows(answer[:-cut])


def test_a_row_with_a_null_is_refused():
    rows = rows_of(3, seed=4)
    rows["place_bytes"][1] = -1

    with pytest.raises(UnreadableRows):
        RowDecoder().rows(HEAD + rows.tobytes())
