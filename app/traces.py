"""Where something failed, in a form that may be logged."""

import traceback
from pathlib import Path

_MOST_LINES = 8


def own_lines(error: BaseException) -> list[str]:
    """The last lines of our own code that an error came through.

    Its message is left out, for a database puts into it what people sent.
    """
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "/site-packages/" not in frame.filename
    ][-_MOST_LINES:]
