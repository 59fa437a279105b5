"""Which RT or RW of a kelurahan a number means."""

from collections.abc import Mapping
from dataclasses import dataclass

from spatial.mentions.gazetteer import Gazetteer
from spatial.mentions.mention import Neighbourhood
from spatial.mentions.resolution import PlaceDoubt


@dataclass(frozen=True, slots=True)
class Numbered:
    """Areas that a number leads to, within one kelurahan.

    Attributes
    ----------
    codes
        One; several when the number alone does not tell; the area above where it is unknown.
    doubt
        Why it is another area than the one asked for, or not certainly that.
    """

    codes: tuple[str, ...]
    doubt: PlaceDoubt | None = None

    @property
    def is_there(self) -> bool:
        """Whether the number exists, or may exist for all we know."""
        return self.doubt not in (PlaceDoubt.NO_SUCH_RT, PlaceDoubt.NO_SUCH_RW)


def numbered_areas(gazetteer: Gazetteer, kelurahan: str, wanted: Neighbourhood) -> Numbered:
    """Areas of a kelurahan that the numbers of a neighbourhood mean.

    Parameters
    ----------
    gazetteer
        The areas there are.
    kelurahan
        Its code.
    wanted
        The numbers.

    Returns
    -------
    numbered
        Never empty.
    """
    rws = gazetteer.numbered(kelurahan, "rw")
    direct = gazetteer.numbered(kelurahan, "rt")
    if not rws and not direct:
        return Numbered((kelurahan,), PlaceDoubt.NOTHING_LOADED_BELOW)
    if wanted.rt is not None and not rws:
        doubt = None if wanted.rw is None else PlaceDoubt.NO_RW_LAYER
        return _rt(direct, wanted.rt, kelurahan, doubt)
    if wanted.rw is None:
        return _in_any_rw(gazetteer, kelurahan, wanted.rt or 0)
    if wanted.rw not in rws:
        return Numbered((kelurahan,), PlaceDoubt.NO_SUCH_RW)
    return _in_rw(gazetteer, rws[wanted.rw], wanted.rt)


def _in_rw(gazetteer: Gazetteer, rw: str, rt: int | None) -> Numbered:
    if rt is None:
        return Numbered((rw,))
    rts = gazetteer.numbered(rw, "rt")
    if not rts:
        return Numbered((rw,), PlaceDoubt.NOTHING_LOADED_BELOW)
    return _rt(rts, rt, rw, None)


def _in_any_rw(gazetteer: Gazetteer, kelurahan: str, rt: int) -> Numbered:
    layers = [gazetteer.numbered(kelurahan, "rt")] + [
        gazetteer.numbered(rw, "rt") for rw in gazetteer.numbered(kelurahan, "rw").values()
    ]
    if not any(layers):
        return Numbered((kelurahan,), PlaceDoubt.NOTHING_LOADED_BELOW)
    found = tuple(rts[rt] for rts in layers if rt in rts)
    if not found:
        return Numbered((kelurahan,), PlaceDoubt.NO_SUCH_RT)
    return Numbered(found, PlaceDoubt.NO_RW_NAMED)


def _rt(rts: Mapping[int, str], rt: int, above: str, doubt: PlaceDoubt | None) -> Numbered:
    if rt not in rts:
        return Numbered((above,), PlaceDoubt.NO_SUCH_RT)
    return Numbered((rts[rt],), doubt)
