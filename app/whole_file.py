"""Files that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path

from app.errors import StorageFull


@contextmanager
def told_when_full() -> Iterator[None]:
    """Write files in here; raises StorageFull where there is no room for them."""
    try:
        yield
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise StorageFull from error
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in place of what stood there; a link is replaced and not followed.

    Raises OSError, and then what stood there stands as it was and nothing lies beside it.
    """
    draft = path.with_name(f".{os.getpid()}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
