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
from spatial.boundaries.geojson import read_geojson
from spatial.boundaries.geopackage import read_geopackage
from spatial.boundaries.kml import read_kml
from spatial.boundaries.sandbox import OUT_OF_MEMORY, Limits, limit_this_process, tell_done
from spatial.boundaries.wish import Origin, Reading, Told, Wish
from spatial.boundaries.zipped import read_zipped

COUNTED_EACH = 100
HEADER = struct.Struct(">II")
READERS: Mapping[str, Callable[[bytes, Wish], Reading]] = {
    "geojson": read_geojson,
    "geopackage": read_geopackage,
    "kml": read_kml,
    "zipped": read_zipped,
}


def main() -> None:
    """Read standard input, write frames to standard output, end."""
    name, wished, *numbers = sys.argv[1:]
    limit_this_process(Limits(*map(int, numbers)))
    gc.disable()  # millions of lists that live to the end would be walked again and again
    try:
        wish = Wish(**orjson.loads(wished))
        write_answer(READERS[name], wish, sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except (MemoryError, RecursionError):
        os._exit(OUT_OF_MEMORY)  # nothing may be allocated any more, not even for a farewell


def write_answer(
    reader: Callable[[bytes, Wish], Reading], wish: Wish, file: IO[bytes], answer: IO[bytes]
) -> None:
    """Frames of the origin and every feature of a file, or of the reason against it.

    Parameters
    ----------
    reader
        One of `READERS`.
    wish
        What the owner of the file says.
    file
        The file.
    answer
        Where frames go.
    """
    try:
        reading = reader(file.read(), wish)
        told = orjson.dumps({"origin": reading.origin})
        answer.write(HEADER.pack(len(told), 0) + told)
        for done, feature in enumerate(reading.features, start=1):
            answer.write(_frame(feature))
            if done % COUNTED_EACH == 0:
                tell_done(done)
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


def read_answer(answer: IO[bytes]) -> Iterator[Origin | Feature]:
    """The origin and the features back from frames; nothing in them is executed.

    Parameters
    ----------
    answer
        What `write_answer` wrote.

    Yields
    ------
    found
        The origin, then features in the order written.

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
        if "origin" in told:
            yield _origin(told["origin"])
            continue
        yield Feature(
            row=told["row"],
            properties=told["properties"],
            geometry=shapely.from_wkb(shape) if shape else None,
            refusal=Refusal(told["refusal"]) if told["refusal"] else None,
            remarks=tuple(Remark(remark) for remark in told["remarks"]),
        )


def _origin(told: dict[str, Any]) -> Origin:
    by = told["encoding_from"]
    return Origin(
        **{
            **told,
            "crs_from": Told(told["crs_from"]),
            "encoding_from": None if by is None else Told(by),
        }
    )


if __name__ == "__main__":
    main()
