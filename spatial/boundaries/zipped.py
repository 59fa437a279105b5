"""The one file of boundaries inside an archive: a Shapefile, or one of the other formats."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from spatial.boundaries.archive import Archive
from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.geojson import read_geojson
from spatial.boundaries.geopackage import read_geopackage
from spatial.boundaries.kml import read_kml
from spatial.boundaries.shapefile import read_shapefile
from spatial.boundaries.wish import Reading, Wish

_SHAPEFILE = ".shp"
_OTHERS: Mapping[str, Callable[[bytes, Wish], Reading]] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".gpkg": read_geopackage,
    ".kml": read_kml,
}


def read_zipped(content: bytes, wish: Wish) -> Reading:
    """The rows of the boundaries in a zip archive, a KMZ included.

    Parameters
    ----------
    content
        The archive.
    wish
        Its `layer` names the file to take, without ending, when there are several.

    Returns
    -------
    reading
        Of one file in it.

    Raises
    ------
    FileRefused
        When the archive is a trap or damaged, or holds no boundaries, or several of which none
        was named.
    """
    archive = Archive(content)
    name, left = _chosen(archive.names(), wish)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == _SHAPEFILE:
        return read_shapefile(archive, name, left)
    return _OTHERS[suffix](archive.find(name) or b"", left)


def _chosen(names: list[str], wish: Wish) -> tuple[str, Wish]:
    """The file to take, and what is still wished for within it."""
    suffixes = (_SHAPEFILE, *_OTHERS)
    found = {
        name: path.stem
        for name in names
        if (path := PurePosixPath(name)).suffix.lower() in suffixes
    }
    if not found:
        raise FileRefused(FileFlaw.NO_LAYER)
    if len(found) == 1:
        name, stem = next(iter(found.items()))
        is_named = PurePosixPath(name).suffix.lower() == _SHAPEFILE or wish.layer == stem
        if is_named and wish.layer not in (None, stem):
            raise FileRefused(FileFlaw.NO_SUCH_LAYER, _listed([stem]))
        return name, replace(wish, layer=None) if is_named else wish
    named = [name for name, stem in found.items() if stem == wish.layer]
    if len(named) != 1:
        flaw = FileFlaw.LAYER_NEEDED if wish.layer is None else FileFlaw.NO_SUCH_LAYER
        raise FileRefused(flaw, _listed(sorted(set(found.values()))))
    return named[0], replace(wish, layer=None)


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name[:60]) for name in names[:20])
