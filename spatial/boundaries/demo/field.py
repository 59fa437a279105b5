"""The ground the streets are drawn on: a smooth warp, and the direction streets prefer."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from spatial.boundaries.demo.plan import CityPlan, Floats

QUARTER: Final = math.pi / 2
# Wavelength and amplitude in metres. The products 2 pi a / w add up to less than 1, so that the
# warp never folds: streets that do not cross before it do not cross after it.
OCTAVES: Final = ((2600.0, 130.0), (900.0, 26.0), (310.0, 9.0), (120.0, 3.2), (64.0, 1.4))


@dataclass(frozen=True)
class Warp:
    """A smooth displacement of the plane, made of a few waves; it has an inverse everywhere."""

    waves: Floats  # rows: east and north wave number, phase, east and north amplitude

    def bend(self, points_m: Floats) -> Floats:
        """Give where the warp moves each point.

        Parameters
        ----------
        points_m
            Metres, shape (n, 2).

        Returns
        -------
        moved_m
            Metres, shape (n, 2).
        """
        angles = points_m @ self.waves[:, :2].T + self.waves[:, 2]
        return np.asarray(points_m + np.sin(angles) @ self.waves[:, 3:])

    def straighten(self, points_m: Floats) -> Floats:
        """Give the points that `bend` moves to the given ones, to about a millimetre.

        Parameters
        ----------
        points_m
            Metres, shape (n, 2).

        Returns
        -------
        origins_m
            Metres, shape (n, 2).
        """
        origins = points_m.copy()
        for _ in range(40):
            origins = origins + 0.7 * (points_m - self.bend(origins))
        return origins


def draw_warp(rng: np.random.Generator) -> Warp:
    """Draw the warp that makes straight streets bend, as old paths do.

    Parameters
    ----------
    rng
        Source of randomness.

    Returns
    -------
    warp
        Five octaves of waves, each with its own directions and phases.
    """
    rows = []
    for length, amplitude in OCTAVES:
        turn = rng.uniform(0, math.tau)
        for part in range(3):
            along = turn + part * math.tau / 3 + rng.uniform(-0.3, 0.3)
            across = along + QUARTER + rng.uniform(-0.5, 0.5)
            number = math.tau / (length * rng.uniform(0.85, 1.2))
            pull = amplitude * 0.58
            rows.append(
                (
                    number * math.cos(along),
                    number * math.sin(along),
                    rng.uniform(0, math.tau),
                    pull * math.cos(across),
                    pull * math.sin(across),
                )
            )
    return Warp(np.asarray(rows))


@dataclass(frozen=True)
class StreetField:
    """The direction streets take at each place, up to quarter turns, on a square grid."""

    west_m: float
    south_m: float
    step_m: float
    angles: list[list[float]]

    def angle(self, east_m: float, north_m: float) -> float:
        """Give the preferred direction at a place; beyond the grid, that of its nearest cell.

        Parameters
        ----------
        east_m, north_m
            Metres from the centre.

        Returns
        -------
        angle
            Radians from east, -pi/4 to pi/4.
        """
        row = int((north_m - self.south_m) / self.step_m)
        column = int((east_m - self.west_m) / self.step_m)
        row = min(max(row, 0), len(self.angles) - 1)
        column = min(max(column, 0), len(self.angles[0]) - 1)
        return self.angles[row][column]

    def trace(
        self, start: tuple[float, float], heading: float, length_m: float, step_m: float
    ) -> list[tuple[float, float]]:
        """Follow the field from a point, always turning as little as possible.

        Parameters
        ----------
        start
            East and north in metres.
        heading
            Radians; the field direction nearest to it is taken first.
        length_m
            How far to go.
        step_m
            Distance between two points of the answer.

        Returns
        -------
        path
            Points from `start` on, `step_m` apart.
        """
        east, north = start
        path = [start]
        for _ in range(max(2, round(length_m / step_m))):
            angle = self.angle(east, north)
            heading = angle + round((heading - angle) / QUARTER) * QUARTER
            east += step_m * math.cos(heading)
            north += step_m * math.sin(heading)
            path.append((east, north))
        return path


def _tangents(line: shapely.LineString, points: Floats) -> tuple[Floats, Floats]:
    """Give the direction of the line nearest to each point, and the distance to it."""
    line = shapely.simplify(line, 6.0)
    places = shapely.points(points)
    along = shapely.line_locate_point(line, places)
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, along + 60.0))
    behind = shapely.get_coordinates(
        shapely.line_interpolate_point(line, np.maximum(along - 60.0, 0.0))
    )
    away = ahead - behind
    return np.arctan2(away[:, 1], away[:, 0]), shapely.distance(line, places)


def draw_street_field(
    plan: CityPlan,
    guides: list[tuple[shapely.LineString, float, float]],
    rng: np.random.Generator,
) -> StreetField:
    """Draw the directions streets take: a turned grid that drifts, and gives way near guides.

    Parameters
    ----------
    plan
        The city.
    guides
        Lines that streets run along or square to, each with its weight and reach in metres.
    rng
        Source of randomness.

    Returns
    -------
    field
        Directions every 50 m over the whole sheet.
    """
    step = 50.0
    easts = np.arange(-plan.reach_east_m, plan.reach_east_m, step)
    norths = np.arange(-plan.reach_north_m, plan.reach_north_m, step)
    grid_east, grid_north = np.meshgrid(easts, norths)
    shape = grid_east.shape
    noise = gaussian_filter(rng.normal(size=shape), 16.0)
    drift = gaussian_filter(rng.normal(size=shape), 5.0)
    angle = 0.12 + 0.34 * noise / noise.std() + 0.18 * drift / drift.std()
    whole = np.exp(4j * angle)
    points = np.column_stack([grid_east.ravel(), grid_north.ravel()])
    for line, weight, reach in guides:
        tangent, distance = _tangents(line, points)
        pull = weight * np.exp(-((distance / reach) ** 2))
        whole = whole + (pull * np.exp(4j * tangent)).reshape(shape)
    smooth = gaussian_filter(whole.real, 2.0) + 1j * gaussian_filter(whole.imag, 2.0)
    return StreetField(easts[0], norths[0], step, (np.angle(smooth) / 4).tolist())
