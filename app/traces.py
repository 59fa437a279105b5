"""Where something failed, in a form that may be logged."""

import traceback
from pathlib import Path

_MOST_LINES = 8


def own_lines(error: BaseException) -> list[str]:
    """The last lines of our own code that an error came through.

    Its message is left out, for a database puts into it what people sent. No source is read:
    when the database is away, hundreds of requests come here in one moment.
    """
    steps = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if "/site-packages/" not in frame.f_code.co_filename
    ][-_MOST_LINES:]
    return [f"{Path(code.co_filename).name}:{line} {code.co_name}" for code, line in steps]
