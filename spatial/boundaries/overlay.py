"""How much of some areas lies in others, by the smallest-code rule for ground held twice."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree

from spatial.areas import AreaRecord
from spatial.crs import project, transformer_to_metric

OUTSIDE = ""
"""Stands for a code where ground lies in no area of the other edition."""
SLIVER_M2 = 1.0
"""Ground smaller than this is rounding, as in the report of overlaps: no house stands on it."""

Shapes = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]


class Ruler:
    """Sizes of areas and of what they share, in the metres of one UTM zone.

    Parameters
    ----------
    metric_srid
        EPSG code of the zone.
    """

    def __init__(self, metric_srid: int) -> None:
        self._transformer = transformer_to_metric(metric_srid)

    def sizes_by_code(self, records: Sequence[AreaRecord]) -> dict[str, float]:
        """Square metres of each area.

        Parameters
        ----------
        records
            Areas with a shape.

        Returns
        -------
        sizes_m2
            By code.
        """
        sizes = self._measured(_shapes(records)).tolist()
        return dict(zip((record.code for record in records), sizes, strict=True))

    def _measured(self, shapes: Shapes) -> Floats:
        return np.asarray(shapely.area(project(shapes, self._transformer)), dtype=np.float64)

    def shares(
        self, sources: Sequence[AreaRecord], targets: Sequence[AreaRecord]
    ) -> dict[str, dict[str, float]]:
        """For each area the share of its ground that lies in each of some others.

        Parameters
        ----------
        sources, targets
            Areas with a shape. Ground that several targets hold is the first one's.

        Returns
        -------
        shares
            Of each source code, by target code, `OUTSIDE` for what no target holds. Those of
            one code sum to 1: slivers under `SLIVER_M2` are left out.
        """
        found: dict[str, dict[str, float]] = {}
        pieces = self._pieces(_shapes(sources), _claimed(_shapes(targets)))
        sizes = self.sizes_by_code(sources)
        for number, record in enumerate(sources):
            inside = {targets[t].code: m2 for t, m2 in pieces.get(number, {}).items()}
            outside_m2 = sizes[record.code] - sum(inside.values())
            if outside_m2 >= SLIVER_M2 or not inside:
                inside[OUTSIDE] = max(outside_m2, SLIVER_M2)
            total = sum(inside.values())
            found[record.code] = {into: m2 / total for into, m2 in inside.items()}
        return found

    def _pieces(self, sources: Shapes, targets: Shapes) -> dict[int, dict[int, float]]:
        """Square metres of each source in each target that is more than a sliver."""
        found: dict[int, dict[int, float]] = {}
        tree = STRtree(targets)
        covered, by = tree.query(sources, predicate="covered_by")
        whole = self._measured(sources)
        for source, target in zip(covered.tolist(), by.tolist(), strict=True):
            found.setdefault(source, {}).setdefault(target, float(whole[source]))
        crossing, crossed = tree.query(sources, predicate="intersects")
        open_ = ~np.isin(crossing, covered)
        crossing, crossed = crossing[open_], crossed[open_]
        sizes = self._measured(shapely.intersection(sources[crossing], targets[crossed]))
        for source, target, m2 in zip(crossing.tolist(), crossed.tolist(), sizes, strict=True):
            if m2 >= SLIVER_M2:
                found.setdefault(source, {})[target] = float(m2)
        return found


def _shapes(records: Sequence[AreaRecord]) -> Shapes:
    shapes = np.empty(len(records), dtype=object)
    shapes[:] = [record.geometry for record in records]
    return shapes


def _claimed(shapes: Shapes) -> Shapes:
    """Each shape without the ground that an earlier one holds too."""
    claimed = shapes.copy()
    later, earlier = STRtree(shapes).query(shapes, predicate="intersects")
    for number in np.unique(later[later > earlier]).tolist():
        before = shapes[np.sort(earlier[(later == number) & (earlier < number)])]
        shared = shapely.intersection(before, shapes[number])
        doubled = shared[shapely.area(shared) > 0]
        if doubled.size:
            claimed[number] = shapely.difference(shapes[number], shapely.union_all(doubled))
    return claimed
