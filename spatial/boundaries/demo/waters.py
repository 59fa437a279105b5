"""The lines that were there before the streets: the river, its tributary and the railway."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.interpolate import CubicSpline
from shapely.ops import substring

from spatial.boundaries.demo.field import Warp
from spatial.boundaries.demo.plan import Floats

RIVER = (
    (3100, 6200), (2500, 4300), (1750, 3050), (2450, 2150), (2750, 1250), (1900, 620),
    (1180, 60), (1550, -720), (2300, -1250), (2050, -2150), (1350, -2900), (1750, -4100),
    (1500, -6200),
)  # fmt: skip
STREAM = (
    (-7400, -2100), (-5200, -1350), (-3900, -1750), (-2700, -1150), (-1700, -1600),
    (-700, -1900), (300, -1500), (1300, -2000), (2700, -2300),
)  # fmt: skip
RAIL = ((-7600, 250), (-4300, 1150), (-1500, 1180), (900, 1420), (3600, 1150), (7600, 2100))


@dataclass(frozen=True)
class OldLines:
    """The river, the stream that runs into it, and the railway, in one frame of metres."""

    river: shapely.LineString
    stream: shapely.LineString
    rail: shapely.LineString


def _curve(knots: tuple[tuple[float, float], ...], step_m: float) -> Floats:
    """Give points along a smooth curve through the knots."""
    places = np.asarray(knots, dtype=float)
    reach = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
    along = np.linspace(0.0, reach[-1], int(reach[-1] / step_m) + 1)
    return np.asarray(CubicSpline(reach, places)(along))


def _meander(points: Floats, rng: np.random.Generator, length_m: float, width_m: float) -> Floats:
    """Swing a curve from side to side, as running water does."""
    steps = np.gradient(points, axis=0)
    size = np.hypot(steps[:, 0], steps[:, 1])
    normals = np.column_stack([-steps[:, 1], steps[:, 0]]) / size[:, None]
    along = np.cumsum(size)
    swing = np.zeros(len(points))
    for part, share in ((1.0, 1.0), (0.43, 0.35)):
        phase = rng.uniform(0, 2 * np.pi)
        slow = 1 + 0.35 * np.sin(along / (length_m * part * 3.1) + phase)
        swing += share * slow * np.sin(2 * np.pi * along / (length_m * part) + phase)
    return np.asarray(points + normals * (width_m * swing)[:, None])


def draw_old_lines(rng: np.random.Generator) -> OldLines:
    """Draw the river, its tributary and the railway.

    Parameters
    ----------
    rng
        Source of randomness.

    Returns
    -------
    lines
        Metres from the centre; the stream ends on the river.
    """
    river = shapely.LineString(_meander(_curve(RIVER, 25.0), rng, 950.0, 55.0))
    stream = shapely.LineString(_meander(_curve(STREAM, 20.0), rng, 520.0, 38.0))
    mouth = min(
        stream.project(point) for point in shapely.get_parts(shapely.intersection(stream, river))
    )
    stream = substring(stream, 0.0, mouth)
    return OldLines(river, stream, shapely.LineString(_curve(RAIL, 30.0)))


def straightened(lines: OldLines, warp: Warp) -> OldLines:
    """Give the lines in the frame before the warp, where the streets are drawn.

    Parameters
    ----------
    lines
        Lines as they shall end up.
    warp
        The warp that will be applied.

    Returns
    -------
    lines
        Lines that the warp brings to the given ones.
    """
    river, stream, rail = (
        shapely.LineString(warp.straighten(shapely.get_coordinates(line)))
        for line in (lines.river, lines.stream, lines.rail)
    )
    return OldLines(river, stream, rail)
