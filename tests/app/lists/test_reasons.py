"""What a rejects file says is in the words of those who correct it."""

import pytest

from app.lists.cells import line
from app.lists.reasons import RowRejected, said_name


def test_a_rejected_cell_is_named_in_indonesian_beside_its_name_in_mappings():
    with pytest.raises(RowRejected) as rejected:
        line("ab", "title", least=3, most=100)

    assert rejected.value.sentence == "judul (title) paling sedikit 3 karakter"
    assert said_name("status") == "status"
