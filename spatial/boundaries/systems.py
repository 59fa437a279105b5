"""The coordinate reference system of a file: named by its owner, by a code, or by WKT.

Nothing here lets a file name another file or a host: a system is an EPSG code or a definition
made of numbers. PROJ strings and grids by name are unknown systems.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.crs import WGS84_SRID, find_srid, transformer_from
from spatial.errors import UnknownCrs

if TYPE_CHECKING:
    from pyproj import Transformer

LONGEST_WKT = 8_000
_NUMBER = re.compile(r"\d{4,5}", re.ASCII)
# Words by which a definition asks PROJ to open a file.
_REACHES_OUT = re.compile(r"PARAMETERFILE|NADGRIDS|EXTENSION|\+init|\+proj", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate reference system.

    Attributes
    ----------
    name
        ``EPSG:32749``, or the name in its definition.
    to_degrees
        Conversion to longitude and latitude, EPSG:4326; None when it is that already.
    """

    name: str
    to_degrees: "Transformer | None"


WGS84 = System(f"EPSG:{WGS84_SRID}", None)


def named_system(name: str) -> System:
    """A system by the code its owner gives.

    Parameters
    ----------
    name
        ``EPSG:32749``, ``32749``, or as `find_srid` understands it.

    Returns
    -------
    system
        Of that code.

    Raises
    ------
    FileRefused
        With `NO_SUCH_CRS` when there is none.
    """
    wanted = name.strip()
    srid = int(wanted) if _NUMBER.fullmatch(wanted) else find_srid(wanted)
    system = None if srid is None else system_of_code(srid)
    if system is None:
        raise FileRefused(FileFlaw.NO_SUCH_CRS)
    return system


def system_of_code(srid: int) -> System | None:
    """A system by its EPSG code, or None when there is none that gives positions.

    Parameters
    ----------
    srid
        EPSG code.

    Returns
    -------
    system
        Named ``EPSG:`` and the code.
    """
    if srid == WGS84_SRID:
        return WGS84
    try:
        return System(f"EPSG:{srid}", transformer_from(srid))
    except UnknownCrs:
        return None


def system_of_wkt(definition: str) -> System | None:
    """A system by its definition in well-known text, of OGC or of ESRI.

    Parameters
    ----------
    definition
        Content of a .prj file or of a GeoPackage's table of systems.

    Returns
    -------
    system
        By its EPSG code where PROJ knows it by one; None when it is no definition, gives no
        positions, or asks for files.
    """
    from pyproj import CRS, Transformer  # noqa: PLC0415 - PROJ weighs 10 MB: for such files alone
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415

    if len(definition) > LONGEST_WKT:
        return None
    try:
        defined = CRS.from_wkt(definition.strip())
        srid = defined.to_epsg()
        if srid is not None:
            return system_of_code(srid)
        if _REACHES_OUT.search(definition):
            return None
        if not (defined.is_geographic or defined.is_projected):
            return None
        to_degrees = Transformer.from_crs(defined, WGS84_SRID, always_xy=True)
    except (CRSError, ProjError, UnicodeError):
        return None
    return System(defined.name[:80], to_degrees)
