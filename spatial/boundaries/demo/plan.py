"""What the demo city is: its place, its size, how dense it is, and how many of each unit."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LABEL: Final = "data contoh"


@dataclass(frozen=True)
class CityPlan:
    """Everything the recipe is free to choose; the same plan draws the same city.

    Lengths are metres east and north of the centre, areas are square metres.
    The centre lies in the teak hills of Central Java, in UTM zone 49S, far from any city.
    """

    seed: int = 9971
    code: str = "99.71"
    name: str = "Kota Contoh"
    longitude: float = 111.35
    latitude: float = -7.25
    area_m2: float = 46_000_000.0
    reach_east_m: float = 6_400.0
    reach_north_m: float = 5_200.0
    kecamatan: int = 5
    kelurahan: int = 54
    rw: int = 604
    rt: int = 2_716
    rw_without_rt: int = 5
    population: int = 590_000
    households: int = 180_000


def remoteness(east_m: Floats, north_m: Floats) -> Floats:
    """Give how far a place lies from the heart of the city: 0 in the centre, 1 near the edge.

    The city is longer from west to east and lopsided, and two lesser centres pull their
    surroundings nearer to 0; places outside the city go on rising above 1.

    Parameters
    ----------
    east_m, north_m
        Metres from the centre, any shape.

    Returns
    -------
    remoteness
        Dimensionless, 0 or more, same shape.
    """
    angle = np.arctan2(north_m, east_m)
    lobes = 1 + 0.10 * np.cos(2 * angle + 0.5) + 0.10 * np.cos(3 * angle + 1.9)
    radius = np.hypot(east_m / 4650.0, north_m / 3350.0) / (lobes + 0.06 * np.cos(5 * angle + 0.8))
    west = np.exp(-(np.hypot(east_m + 2500.0, north_m + 300.0) ** 2) / 700.0**2)
    north = np.exp(-(np.hypot(east_m - 300.0, north_m - 1900.0) ** 2) / 600.0**2)
    return np.asarray(radius * (1 - 0.30 * west - 0.25 * north))


def rt_area_m2(far: Floats) -> Floats:
    """Give the usual area of an RT at a given remoteness: 0.8 ha in the centre, 3.6 ha at the edge.

    Parameters
    ----------
    far
        Remoteness, 0 or more.

    Returns
    -------
    area_m2
        Square metres, same shape.
    """
    return np.asarray(7_700.0 * np.exp(1.55 * np.minimum(far, 1.05)))


def kelurahan_area_m2(far: Floats) -> Floats:
    """Give the usual area of a kelurahan at a given remoteness: kampungs are small where old.

    Parameters
    ----------
    far
        Remoteness, 0 or more.

    Returns
    -------
    area_m2
        Square metres, same shape.
    """
    return np.asarray(95_000.0 * np.exp(4.25 * np.minimum(far, 1.05)))
