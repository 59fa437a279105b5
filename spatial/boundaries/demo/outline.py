"""Where the city ends: whole quarters between streets, the river as a border where it is one."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from spatial.boundaries.demo.hierarchy import Sheet
from spatial.boundaries.demo.network import Ints
from spatial.boundaries.demo.partition import connected_parts
from spatial.boundaries.demo.plan import CityPlan

# Land beyond the river that is smaller than this is left to the neighbouring regency.
LEAST_BANK_M2: Final = 2_000_000.0


def choose_city(sheet: Sheet, plan: CityPlan) -> Ints:
    """Choose the blocks of the city: the least remote quarters, up to its area, without holes.

    A quarter is what lies between streets and main roads, so the city's edge follows those.

    Parameters
    ----------
    sheet
        All blocks.
    plan
        The city; `area_m2` is met to within one quarter.

    Returns
    -------
    blocks
        Sorted block numbers.
    """
    quarters = connected_parts(sheet.graph_of_lanes, np.arange(len(sheet.far)))
    sizes = np.asarray([sheet.areas_m2[part].sum() for part in quarters])
    far = np.asarray(
        [np.average(sheet.far[part], weights=sheet.areas_m2[part]) for part in quarters]
    )
    while True:
        order = np.argsort(far, kind="stable")
        many = int(np.searchsorted(np.cumsum(sizes[order]), plan.area_m2))
        chosen = np.zeros(len(quarters), dtype=bool)
        chosen[order[:many]] = True
        chosen = _without_teeth(sheet, quarters, chosen)
        inside = np.concatenate([quarters[spot] for spot in np.flatnonzero(chosen)])
        banks = connected_parts(sheet.graph_of_large, inside)
        scraps = [part for part in banks if sheet.areas_m2[part].sum() < LEAST_BANK_M2]
        if not scraps:
            break
        far[np.isin([part[0] for part in quarters], np.concatenate(scraps))] = np.inf
    return np.sort(inside)


def _without_teeth(
    sheet: Sheet, quarters: list[Ints], chosen: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Drop quarters that stick out of the city, and take in those it all but encloses."""
    shapes = np.asarray([shapely.coverage_union_all(sheet.faces[part]) for part in quarters])
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="touches")
    shared = shapely.length(shapely.intersection(shapes[one], shapes[other]))
    for _ in range(6):
        to_city = np.bincount(one, weights=shared * chosen[other], minlength=len(shapes))
        share = to_city / np.bincount(one, weights=shared, minlength=len(shapes))
        chosen = np.where(chosen, share > 0.42, share > 0.58)
    return chosen
