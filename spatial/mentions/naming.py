"""Which areas the names of a mention tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spatial.mentions.gazetteer import Gazetteer
from spatial.mentions.mention import Mention
from spatial.mentions.resolution import PlaceDoubt


@dataclass(frozen=True, slots=True)
class Named:
    """Areas that names lead to.

    Attributes
    ----------
    codes
        Each once; empty when no name is known.
    doubts
        What was odd about the names.
    on_purpose
        Whether several were named one by one, rather than one name meaning several.
    """

    codes: tuple[str, ...] = ()
    doubts: frozenset[PlaceDoubt] = frozenset()
    on_purpose: bool = False


def named_areas(gazetteer: Gazetteer, mention: Mention, within: str | None) -> Named:
    """Areas that the names of a mention tell; the list's own area when it has none.

    Parameters
    ----------
    gazetteer
        The areas there are.
    mention
        What was said.
    within
        Code of the area that the whole list is about, or None.

    Returns
    -------
    named
        With the doubt `NAMES_DISAGREE` when kelurahan and kecamatan do; all are then given.
    """
    kecamatan = _of_level(gazetteer, "kecamatan", mention.kecamatan, within)
    kelurahan = _of_level(gazetteer, "kelurahan", mention.kelurahan, within)
    doubts = kecamatan.doubts | kelurahan.doubts
    if kelurahan.codes and kecamatan.codes:
        inside = [code for code in kelurahan.codes if _meets(gazetteer, code, kecamatan.codes)]
        if not inside:
            disagree = doubts | {PlaceDoubt.NAMES_DISAGREE}
            return Named((*kecamatan.codes, *kelurahan.codes), disagree)
        return Named(tuple(inside), doubts, _one_each(mention.kelurahan, inside))
    if mention.kelurahan:
        return Named(kelurahan.codes, doubts, _one_each(mention.kelurahan, kelurahan.codes))
    if mention.kecamatan:
        return Named(kecamatan.codes, doubts, _one_each(mention.kecamatan, kecamatan.codes))
    return _by_loose_words(gazetteer, mention.loose, within)


def _one_each(names: Sequence[str], codes: Sequence[str]) -> bool:
    return 1 < len(names) == len(codes)


def _of_level(gazetteer: Gazetteer, level: str, names: Iterable[str], within: str | None) -> Named:
    found: list[str] = []
    doubts: set[PlaceDoubt] = set()
    for name in names:
        codes, alike = gazetteer.named(level, name)
        if codes and not alike:
            doubts.add(PlaceDoubt.OTHER_SPELLING)
        if not codes and (codes := gazetteer.almost_named(level, name)):
            doubts.add(PlaceDoubt.MISSPELT)
        near = _related(gazetteer, codes, within)
        if not near:
            doubts.add(PlaceDoubt.UNKNOWN_NAME)
        found += near
    return Named(tuple(dict.fromkeys(found)), frozenset(doubts))


def _by_loose_words(gazetteer: Gazetteer, pieces: Sequence[str], within: str | None) -> Named:
    """Areas by a code among the words, or by a piece that is a whole name of either level."""
    words = [word.strip(".,:") for piece in pieces for word in piece.split()]
    coded = [code for word in words if (code := gazetteer.find_code(word)) is not None]
    if near := _related(gazetteer, coded, within):
        return Named(tuple(dict.fromkeys(near)), on_purpose=True)
    called = [
        code
        for piece in pieces
        for level in ("kecamatan", "kelurahan")
        for code in gazetteer.named(level, piece)[0]
    ]
    if near := _related(gazetteer, called, within):
        return Named(tuple(dict.fromkeys(near)), frozenset([PlaceDoubt.WITHOUT_ITS_WORD]))
    return Named(() if within is None else (within,))


def _related(gazetteer: Gazetteer, codes: Iterable[str], within: str | None) -> list[str]:
    """Areas in the list's own area, or around it: a kelurahan's list may name its kecamatan."""
    if within is None:
        return list(codes)
    around = set(gazetteer.chain(within))
    return [
        within if code in around else code
        for code in codes
        if code in around or within in gazetteer.chain(code)
    ]


def _meets(gazetteer: Gazetteer, code: str, above: Sequence[str]) -> bool:
    return not set(gazetteer.chain(code)).isdisjoint(above)
