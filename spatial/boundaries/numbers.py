"""Numbers of RW and RT in the columns of a boundary file, however they are written."""

from dataclasses import dataclass

from spatial.boundaries.flaws import FeatureRefused, Refusal
from spatial.mentions.numbered import neighbourhoods_in
from spatial.mentions.numerals import GREATEST_NUMBER, neighbourhood_number

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class NumberedPlace:
    """An RW, or an RT with its RW.

    Attributes
    ----------
    rw
        Number of the RW; 0 for an RT that belongs to none.
    rt
        Number of the RT; None for an RW.
    """

    rw: int
    rt: int | None

    @property
    def suffix(self) -> str:
        """What follows the code of the kelurahan: ``-012`` or ``-012-003``."""
        return f"-{self.rw:03d}" + ("" if self.rt is None else f"-{self.rt:03d}")

    @property
    def name(self) -> str:
        """What the area is called: ``RW 012``, ``RT 003``."""
        return f"RW {self.rw:03d}" if self.rt is None else f"RT {self.rt:03d}"


def numbered_place(value: object, *, level: str, rw: object = None) -> NumberedPlace:
    """The RW or RT that a cell numbers: ``RW 01``, ``RT O3``, ``rw 5``, ``RT 001/RW 002``, 12.

    Parameters
    ----------
    value
        The cell.
    level
        ``rw`` or ``rt``.
    rw
        The cell with the RW of an RT, or None.

    Returns
    -------
    place
        An RT whose RW is named nowhere belongs to none.

    Raises
    ------
    FeatureRefused
        With `NO_NUMBER` when the cell numbers nothing, or several.
    """
    rt_number, rw_number = _both(value)
    if level == "rw":
        number = rw_number or (None if rt_number else _plain(value))
        if number is None:
            raise FeatureRefused(Refusal.NO_NUMBER)
        return NumberedPlace(number, None)
    rt_number = rt_number or (None if rw_number else _plain(value))
    if rt_number is None:
        raise FeatureRefused(Refusal.NO_NUMBER)
    return NumberedPlace(rw_number or _rw_beside(rw), rt_number)


def _rw_beside(cell: object) -> int:
    if cell is None or not str(cell).strip():
        return 0
    return numbered_place(cell, level="rw").rw


def _both(value: object) -> tuple[int | None, int | None]:
    """RT and RW of a text that says which is which."""
    if not isinstance(value, str):
        return None, None
    places, doubts, _ = neighbourhoods_in(value[:_LONGEST])
    if len(places) != 1 or doubts:
        return None, None
    return places[0].rt, places[0].rw


def _plain(value: object) -> int | None:
    if isinstance(value, str):
        return neighbourhood_number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    is_number = float(value).is_integer() and 1 <= value <= GREATEST_NUMBER
    return int(value) if is_number else None
