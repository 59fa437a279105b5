"""Yes and no in the words and signs that forms use."""

from app.readings.cells import Cell, either, is_nothing, plain
from app.readings.reading import Reading, Why, ambiguous, blank, likely, sure, unread

_YES = either("ya|iya|y|yes|ada|sudah|sdh|benar|betul|true|1|setuju|tersedia|lengkap|✓|✔|☑|√")
_NO = either("tidak|tdk|t|no|tidak ada|tdk ada|belum|blm|belum ada|salah|false|0|✗|✘|☐|bukan")


def read_boolean(cell: Cell) -> Reading[bool]:
    """Whether a cell says yes; a cross marks yes on some forms and no on others."""
    word = plain(cell).casefold().strip(".! ")
    if word in _YES:
        return sure(value=True)
    if word in _NO:
        return sure(value=False)
    if word == "v":  # the tick of a keyboard without one
        return likely(True, Why.CROSS_MAY_BE_YES, other=False)  # noqa: FBT003
    if word == "x":
        return ambiguous(True, Why.CROSS_MAY_BE_YES, other=False)  # noqa: FBT003
    return blank() if is_nothing(word) else unread(Why.NOT_A_BOOLEAN)
