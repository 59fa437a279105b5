# ruff: noqa: T201 - its answers are lines
"""Runs under the peers' interpreter: one tile of resident points, counted, coloured, as PNG.

`peer_datashader.py POINTS Z X Y` writes the number of points in the tile, then for each line it
reads the seconds that one picture took.
"""

import io
import sys
import time
from pathlib import Path

import datashader
import datashader.transfer_functions as tf
import numpy as np
import pandas as pd

HALF_M = 20037508.342789244


def main() -> None:
    z, x, y = map(int, sys.argv[2:])
    with Path(sys.argv[1]).open() as file:
        pairs = [line.split() for line in file]
    degrees = np.array([[float.fromhex(a), float.fromhex(b)] for a, b in pairs])
    east = degrees[:, 0] / 180 * HALF_M
    north = np.log(np.tan(np.pi / 4 + np.radians(degrees[:, 1]) / 2)) / np.pi * HALF_M
    points = pd.DataFrame({"x": east, "y": north})
    side = 2 * HALF_M / 2**z
    west, top = -HALF_M + x * side, HALF_M - y * side
    canvas = datashader.Canvas(256, 256, (west, west + side), (top - side, top))
    print(int(canvas.points(points, "x", "y").sum()), flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        counted = canvas.points(points, "x", "y")
        picture = tf.shade(counted, cmap=["yellow", "red"], how="log")
        picture.to_pil().save(io.BytesIO(), "png", compress_level=2)  # as ours
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
