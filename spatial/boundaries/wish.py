"""What the owner of a boundary file says of it, and what reading it found to be so."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spatial.boundaries.feature import Feature


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said of a file where the file itself is silent, or wrong.

    Attributes
    ----------
    layer
        Name of the layer to read; None when there is only one.
    encoding
        Name of the encoding of its texts; None to find out.
    crs
        Its coordinate reference system as ``EPSG:32749``; None to take the file's own.
    """

    layer: str | None = None
    encoding: str | None = None
    crs: str | None = None


class Told(StrEnum):
    """Who said what encoding or system a file has; stable words that a report may carry."""

    OPTION = "option"
    FILE = "file"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Origin:
    """How a file was read.

    Attributes
    ----------
    format
        As reports say it.
    layer
        Which of its layers; None where the format has none.
    crs
        Name of its system, ``EPSG:4326`` for degrees of WGS 84.
    crs_from
        Who said so.
    encoding
        Of its texts; None where the format leaves no choice.
    encoding_from
        Who said so; None without `encoding`.
    """

    format: str
    layer: str | None = None
    crs: str = "EPSG:4326"
    crs_from: Told = Told.FILE
    encoding: str | None = None
    encoding_from: Told | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that is being read.

    Attributes
    ----------
    origin
        How it is read.
    features
        Its rows; may still refuse the file while they come.
    """

    origin: Origin
    features: Iterator[Feature]
