"""The program that reads one foreign file from its standard input and answers in frames.

A frame is two lengths of four bytes, a JSON object of the first length and WKB of the second.
A frame with `flaw` refuses the file and is the last one. Only `spatial.boundaries.sandbox` starts
this program.
"""

import gc
import os
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

import orjson
import shapely

from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal, Remark
from spatial.boundaries.geojson import features_of
from spatial.boundaries.sandbox import OUT_OF_MEMORY, Limits, limit_this_process

HEADER = struct.Struct(">II")
READERS: Mapping[str, Callable[[bytes], Iterator[Feature]]] = {"geojson": features_of}


def main() -> None:
    """Read standard input, write frames to standard output, end."""
    name, *numbers = sys.argv[1:]
    limit_this_process(Limits(*map(int, numbers)))
    gc.disable()  # millions of lists that live to the end would be walked again and again
    try:
        write_answer(READERS[name], sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except (MemoryError, RecursionError):
        os._exit(OUT_OF_MEMORY)  # nothing may be allocated any more, not even for a farewell


def write_answer(
    reader: Callable[[bytes], Iterator[Feature]], file: IO[bytes], answer: IO[bytes]
) -> None:
    """Frames of every feature of a file, or of the reason against it.

    Parameters
    ----------
    reader
        One of `READERS`.
    file
        The file.
    answer
        Where frames go.
    """
    try:
        for feature in reader(file.read()):
            answer.write(_frame(feature))
    except FileRefused as refused:
        told = orjson.dumps({"flaw": refused.flaw, "detail": refused.detail})
        answer.write(HEADER.pack(len(told), 0) + told)


def _frame(feature: Feature) -> bytes:
    told = orjson.dumps(
        {
            "row": feature.row,
            "properties": feature.properties,
            "refusal": feature.refusal,
            "remarks": feature.remarks,
        }
    )
    shape = b"" if feature.geometry is None else shapely.to_wkb(feature.geometry)
    return HEADER.pack(len(told), len(shape)) + told + shape


def read_answer(answer: IO[bytes]) -> Iterator[Feature]:
    """Features back from frames; nothing in them is executed or trusted to be complete.

    Parameters
    ----------
    answer
        What `write_answer` wrote.

    Yields
    ------
    feature
        In the order written.

    Raises
    ------
    FileRefused
        When the frames say so, or are no frames.
    """
    while header := answer.read(HEADER.size):
        if len(header) < HEADER.size:
            raise FileRefused(FileFlaw.READER_FAILED)
        told_length, shape_length = HEADER.unpack(header)
        told: dict[str, Any] = orjson.loads(answer.read(told_length))
        shape = answer.read(shape_length)
        if "flaw" in told:
            raise FileRefused(FileFlaw(told["flaw"]), told["detail"])
        yield Feature(
            row=told["row"],
            properties=told["properties"],
            geometry=shapely.from_wkb(shape) if shape else None,
            refusal=Refusal(told["refusal"]) if told["refusal"] else None,
            remarks=tuple(Remark(remark) for remark in told["remarks"]),
        )


if __name__ == "__main__":
    main()
