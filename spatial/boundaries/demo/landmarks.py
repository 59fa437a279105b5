"""Places people steer by: offices, markets, houses of prayer, schools, stations, bridges."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from spatial.boundaries.demo import words
from spatial.boundaries.demo.hierarchy import Sheet, Unit, units_of
from spatial.boundaries.demo.labels import unit_middle
from spatial.boundaries.demo.network import Ints, Network
from spatial.boundaries.demo.plan import Floats, rt_area_m2

# Kind, pattern of the name, how many; {n} counts, {w} is a word.
SCATTERED: Final = (
    ("pasar", "Pasar {w}", 14),
    ("masjid", "Masjid Al-{w}", 24),
    ("gereja", "Gereja {w}", 8),
    ("pura", "Pura {w}", 1),
    ("wihara", "Wihara {w}", 1),
    ("sekolah", "SD Negeri {n} Contoh", 16),
    ("sekolah", "SMP Negeri {n} Contoh", 8),
    ("sekolah", "SMA Negeri {n} Contoh", 5),
    ("puskesmas", "Puskesmas {w}", 12),
    ("rumah_sakit", "Rumah Sakit {w}", 3),
    ("lapangan", "Lapangan {w}", 9),
    ("terminal", "Terminal {w}", 1),
)
NAMES: Final = {
    "pasar": "Legi Pon Wage Kliwon Pahing Gedhang Bunga Klithikan Kambing Besi Mulya Anyar Sore "
    "Kembang",
    "masjid": "Ikhlas Falah Hidayah Amin Huda Mukmin Muttaqin Barokah Fajar Furqan Hikmah Jihad "
    "Kautsar Ma'arif Manar Munawar Rahman Salam Syukur Taqwa Ukhuwah Wustha Yaqin Zaitun",
    "gereja": "Harapan Pengharapan Damai Kasih Terang Fajar Sabda Rahmat",
    "pura": "Santi",
    "wihara": "Metta",
    "puskesmas": "Arum Gading Sekar Wetan Kulon Lor Kidul Tengah Asri Mulya Jati Seta",
    "rumah_sakit": "Husada Waras Sentosa",
    "lapangan": "Merdiko Garuda Sekar-Kencana Bola Prasaja Gumregah Rukun Tentrem Guyub",
    "terminal": "Tirtasekar",
}


@dataclass(frozen=True)
class Landmark:
    """One place with its kind and name; the point is EPSG:4326."""

    kind: str
    name: str
    point: shapely.Point


def place_landmarks(
    network: Network,
    sheet: Sheet,
    kota: Unit,
    names: dict[str, str],
    rng: np.random.Generator,
) -> list[Landmark]:
    """Place all landmarks; no two share a block, and most stand where most people live.

    Parameters
    ----------
    network
        The planar network.
    sheet, kota
        The blocks, and the units made of them.
    names
        Names of units by code.
    rng
        Source of randomness.

    Returns
    -------
    landmarks
        Sorted by kind and name.
    """
    free = _FreeBlocks(sheet, _streetside(network, kota.blocks))
    places = _offices(sheet, kota, names, free)
    places += _estates(sheet, kota)
    places += _scattered(free, rng)
    places += _stations(network, kota.blocks) + _bridges(network, kota.blocks)
    return sorted(places, key=lambda place: (place.kind, place.name))


def _streetside(network: Network, blocks: Ints) -> Ints:
    """Give the blocks of the city that lie on a street or main road, and not on water."""
    classes = np.asarray([network.class_of_arc(arc) for arc in range(len(network.arcs))])
    wide = network.faces_of_arc[np.isin(classes, ["street", "main"])]
    wet = network.faces_of_arc[np.isin(classes, ["river", "stream"])]
    return np.asarray(np.setdiff1d(np.intersect1d(wide, blocks), wet))


class _FreeBlocks:
    """Blocks where no landmark stands yet; each is given once."""

    def __init__(self, sheet: Sheet, blocks: Ints) -> None:
        self._sheet = sheet
        self._left = blocks

    def take_nearest(self, middle_m: Floats, within: Ints) -> shapely.Point:
        """Take the free block nearest to a place and give a point on it."""
        candidates = np.intersect1d(self._left, within)
        away = ((self._sheet.graph_of_large.centres_m[candidates] - middle_m) ** 2).sum(axis=1)
        return self._take(int(candidates[int(np.argmin(away))]))

    def take_crowded(self, rng: np.random.Generator) -> shapely.Point:
        """Take a free block by chance, sooner where RT are small, and give a point on it."""
        weights = 1 / np.sqrt(rt_area_m2(self._sheet.far[self._left]))
        return self._take(int(rng.choice(self._left, p=weights / weights.sum())))

    def _take(self, block: int) -> shapely.Point:
        self._left = self._left[self._left != block]
        return _inside(self._sheet, block)


def _inside(sheet: Sheet, block: int) -> shapely.Point:
    return shapely.set_precision(shapely.point_on_surface(sheet.faces[block]), 1e-7)


def _offices(sheet: Sheet, kota: Unit, names: dict[str, str], free: _FreeBlocks) -> list[Landmark]:
    """Place the town hall, the square before it, and the office of each unit."""
    centre = np.zeros(2)
    places = [
        Landmark("alun_alun", "Alun-Alun Contoh", free.take_nearest(centre, kota.blocks)),
        Landmark("kantor", "Balai Kota Contoh", free.take_nearest(centre, kota.blocks)),
    ]
    for level, kind, word in (
        ("kecamatan", "kantor", "Kantor Kecamatan"),
        ("kelurahan", "balai_kelurahan", "Balai Kelurahan"),
    ):
        for unit in units_of(kota, level):
            point = free.take_nearest(unit_middle(sheet, unit), unit.blocks)
            places.append(Landmark(kind, f"{word} {names[unit.code]}", point))
    return places


def _estates(sheet: Sheet, kota: Unit) -> list[Landmark]:
    """Name the RW where no RT is."""
    empty = [rw for rw in units_of(kota, "rw") if not rw.children]
    places = []
    for rw, name in zip(empty, words.ESTATES, strict=False):
        shape = shapely.coverage_union_all(sheet.faces[rw.blocks])
        point = shapely.set_precision(shapely.point_on_surface(shape), 1e-7)
        places.append(Landmark("kawasan", name, point))
    return places


def _scattered(free: _FreeBlocks, rng: np.random.Generator) -> list[Landmark]:
    """Scatter the other places along streets, more where more people live."""
    places = []
    for kind, pattern, many in SCATTERED:
        known = NAMES.get(kind, "").split()
        for number in range(1, many + 1):
            word = known[number - 1] if known else ""
            name = pattern.format(n=number, w=word.replace("-", " "))
            places.append(Landmark(kind, name, free.take_crowded(rng)))
    return places


def _meetings(network: Network, one: str, other: str, blocks: Ints) -> list[shapely.Point]:
    """Give the nodes where a way of one class goes across one of another, sorted."""
    inside = np.isin(network.faces_of_arc, blocks).all(axis=1)
    classes = np.asarray([network.class_of_arc(arc) for arc in range(len(network.arcs))])
    crossed = set(_ends(network.arcs[inside & (classes == one)]))
    touching = Counter(_ends(network.arcs[inside & (classes == other)]))
    return [shapely.Point(end) for end in sorted(crossed) if touching[end] >= 2]


def _ends(arcs: npt.NDArray[np.object_]) -> list[tuple[float, float]]:
    points = np.concatenate([shapely.get_point(arcs, 0), shapely.get_point(arcs, -1)])
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(points)]


def _stations(network: Network, blocks: Ints) -> list[Landmark]:
    """Place three stations where main roads cross the railway."""
    crossings = _meetings(network, "rail", "main", blocks)
    spots = [len(crossings) // 6, len(crossings) // 2, len(crossings) * 5 // 6]
    names = ("Stasiun Contoh Kulon", "Stasiun Contoh Kota", "Stasiun Contoh Wetan")
    return [
        Landmark("stasiun", name, crossings[spot])
        for name, spot in zip(names, spots, strict=True)
        if crossings
    ]


def _bridges(network: Network, blocks: Ints) -> list[Landmark]:
    """Name the bridges: main roads over the river and the stream."""
    places = []
    for water, word in (("river", "Gandasari"), ("stream", "Sepat")):
        for number, point in enumerate(_meetings(network, water, "main", blocks), start=1):
            places.append(Landmark("jembatan", f"Jembatan {word} {words.roman(number)}", point))
    return places
