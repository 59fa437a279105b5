"""What can be wrong with a place: one narrow class per reason, each with the facts a reader needs.

The message is plain English for logs; whoever speaks to a person translates from the
attributes. Every class keeps its constructor arguments as ``args``, so that an error raised
in a reader process arrives whole in the process that asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SpatialError(Exception):
    """Any refusal by the geospatial library."""


class GeometryError(SpatialError):
    """A geometry that is wrong by itself, whatever the areas are."""


class Flaw(StrEnum):
    """Why a geometry is no geometry; stable words that a program may compare."""

    NOT_AN_OBJECT = "not_an_object"
    NOT_COORDINATES = "not_coordinates"
    NOT_A_NUMBER = "not_a_number"
    NOT_FINITE = "not_finite"
    NOT_TWO_DIMENSIONAL = "not_two_dimensional"
    OUTSIDE_THE_WORLD = "outside_the_world"
    CROSSES_ANTIMERIDIAN = "crosses_antimeridian"
    EMPTY = "empty"
    TOO_FEW_POSITIONS = "too_few_positions"
    RING_NOT_CLOSED = "ring_not_closed"
    NO_LENGTH = "no_length"
    NO_AREA = "no_area"
    SELF_CROSSING = "self_crossing"
    BROKEN_RINGS = "broken_rings"


class InvalidGeometry(GeometryError):
    """A geometry that breaks RFC 7946 or has no size.

    Parameters
    ----------
    flaw
        What is wrong.
    detail
        Where or how, for a log; may be empty.
    """

    def __init__(self, flaw: Flaw, detail: str = "") -> None:
        super().__init__(flaw, detail)
        self.flaw = flaw
        self.detail = detail

    def __str__(self) -> str:
        """Sentence for a log."""
        words = self.flaw.value.replace("_", " ")
        return f"geometry refused: {words}" + f" ({self.detail})" * bool(self.detail)


class UnsupportedGeometry(GeometryError):
    """A geometry of a type that is not accepted here.

    Parameters
    ----------
    found
        The type that was sent, cut to a readable length.
    allowed
        The types that are accepted.
    """

    def __init__(self, found: str, allowed: Sequence[str]) -> None:
        super().__init__(found, allowed)
        self.found = found
        self.allowed = tuple(allowed)

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"geometry type {self.found!r} is none of {', '.join(self.allowed)}"


class TooManyVertices(GeometryError):
    """A geometry with more positions than anyone draws; it was never built.

    Parameters
    ----------
    found
        Positions counted until the limit was passed; the true number may be higher.
    limit
        Most positions accepted.
    """

    def __init__(self, found: int, limit: int) -> None:
        super().__init__(found, limit)
        self.found = found
        self.limit = limit

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"geometry has {self.found} positions or more; at most {self.limit} are accepted"


class SwappedAxes(GeometryError):
    """Coordinates that lie in Indonesia once latitude and longitude change places.

    Parameters
    ----------
    longitude, latitude
        The first position as it was probably meant, in degrees.
    """

    def __init__(self, longitude: float, latitude: float) -> None:
        super().__init__(longitude, latitude)
        self.longitude = longitude
        self.latitude = latitude

    def __str__(self) -> str:
        """Sentence for a log."""
        return (
            "latitude came before longitude; "
            f"probably meant: [{self.longitude:.6f}, {self.latitude:.6f}]"
        )


class UnknownCrs(GeometryError):
    """A coordinate reference system that is not WGS 84 where only that is accepted.

    Parameters
    ----------
    found
        The name that was sent, cut to a readable length.
    """

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"coordinate reference system {self.found!r} is not WGS 84"


@dataclass(frozen=True, slots=True)
class NearestArea:
    """The area that a place outside all areas is nearest to.

    Attributes
    ----------
    level, code, name
        Which area.
    distance_m
        Metres on the ellipsoid, to 0.1 m.
    """

    level: str
    code: str
    name: str
    distance_m: float


class OutsideAreas(SpatialError):
    """A place that lies in no area we know, nor within reach of one.

    Parameters
    ----------
    nearest
        The nearest area, or None when there are no areas at all.
    """

    def __init__(self, nearest: NearestArea | None) -> None:
        super().__init__(nearest)
        self.nearest = nearest

    def __str__(self) -> str:
        """Sentence for a log."""
        if self.nearest is None:
            return "no area is known that could hold this place"
        return (
            f"outside every area; nearest is {self.nearest.level} {self.nearest.code} "
            f"{self.nearest.name}, {self.nearest.distance_m:.1f} m away"
        )


class UnknownArea(SpatialError):
    """A code that no area in this edition has.

    Parameters
    ----------
    code
        The code asked for.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"no area has the code {self.code!r}"


class InconsistentAreas(SpatialError):
    """Areas that form no hierarchy: a code twice, an unknown level, or a circle of parents.

    Parameters
    ----------
    code
        The area at which it showed.
    why
        What is wrong with it.
    """

    def __init__(self, code: str, why: str) -> None:
        super().__init__(code, why)
        self.code = code
        self.why = why

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"area {self.code!r}: {self.why}"


class TileOutOfRange(SpatialError):
    """Tile numbers that address no tile.

    Parameters
    ----------
    z, x, y
        The numbers as asked for.
    """

    def __init__(self, z: int, x: int, y: int) -> None:
        super().__init__(z, x, y)
        self.z = z
        self.x = x
        self.y = y

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"there is no tile {self.z}/{self.x}/{self.y}"


class TooManyValues(SpatialError):
    """A column with more distinct values than a byte can tell apart.

    Parameters
    ----------
    column
        Name of the column.
    found
        Distinct values.
    limit
        Most values that are kept.
    """

    def __init__(self, column: str, found: int, limit: int) -> None:
        super().__init__(column, found, limit)
        self.column = column
        self.found = found
        self.limit = limit

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"column {self.column} has {self.found} values; at most {self.limit} are kept"


class ForgottenValues(SpatialError):
    """A vocabulary in which codes already given out would mean something else.

    Parameters
    ----------
    column
        Name of the column.
    """

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"values of {self.column} were changed; they may only be added to"


class UnevenColumns(SpatialError):
    """Columns of one set of rows that are not equally long.

    Parameters
    ----------
    column
        Name of the column.
    found
        Its values.
    expected
        Rows.
    """

    def __init__(self, column: str, found: int, expected: int) -> None:
        super().__init__(column, found, expected)
        self.column = column
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"column {self.column} has {self.found} values for {self.expected} rows"


class UnknownCode(SpatialError):
    """A code that stands for no value of its column.

    Parameters
    ----------
    column
        Name of the column.
    code
        As found.
    """

    def __init__(self, column: str, code: int) -> None:
        super().__init__(column, code)
        self.column = column
        self.code = code

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"column {self.column} has no value of code {self.code}"


class RepeatedRow(SpatialError):
    """Two rows of one id.

    Parameters
    ----------
    number
        The id.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"the id {self.number} names two rows"


class UnknownQuestion(SpatialError):
    """A level or a grouping that there is not.

    Parameters
    ----------
    name
        As asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"there is no level or grouping {self.name!r}"
