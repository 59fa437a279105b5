"""A function called in a process of its own, which is ended when it takes too much.

GEOS holds on to whatever a tangled shape asks of it, and cannot be interrupted from within.
The program at the end is what that process runs; only `limited_call` starts it.
"""

import os
import pickle
import sys
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import TypeVar

import shapely

from spatial.boundaries.sandbox import OUT_OF_MEMORY, Limits, limit_this_process, run_program

Given = TypeVar("Given")
Result = TypeVar("Result")


def limited_call(
    function: Callable[[Given], Result],
    argument: Given,
    limits: Limits,
    *,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """The result of a function that may not take more than it is given.

    Parameters
    ----------
    function
        Of an installed module, found there by its name.
    argument
        Anything that can be pickled.
    limits
        What the call may use, the start of its process included.
    progress
        Told now and then the number that the function last gave to `tell_done`.

    Returns
    -------
    result
        As the function returned it, pickled and unpickled.

    Raises
    ------
    FileRefused
        When the call was ended for its use of memory or time, or failed.
    """
    with TemporaryFile() as question:
        pickle.dump((function, argument), question)
        question.seek(0)
        with run_program((__name__,), question, limits, progress=progress) as answer:
            # Our own process wrote it, from shapes and words: nothing of a file is unpickled.
            result: Result = pickle.load(answer)  # noqa: S301
    return result


def main() -> None:
    """Call what standard input names, write the result to standard output, end."""
    limit_this_process(Limits(*map(int, sys.argv[1:])))
    try:
        function, argument = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by limited_call
        pickle.dump(function(argument), sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing may be allocated any more, not even for a farewell
    except shapely.GEOSException as error:
        if "bad_alloc" not in str(error):  # how GEOS says that memory ran out
            raise
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
