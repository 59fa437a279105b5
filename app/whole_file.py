"""Files that are there whole or not at all."""

import os
from pathlib import Path


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
