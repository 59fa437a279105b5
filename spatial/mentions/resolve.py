"""From a mention to area codes: as far as the words tell, and never a point."""

from collections.abc import Iterable, Sequence

from spatial.mentions.gazetteer import Gazetteer, NamedArea
from spatial.mentions.mention import Mention, MentionDoubt, Neighbourhood
from spatial.mentions.naming import Named, named_areas
from spatial.mentions.numbering import numbered_areas
from spatial.mentions.resolution import Certainty, PlaceDoubt, Resolution

# What leaves the codes as certain as the words were: they end where the loaded areas end.
_HARMLESS = frozenset([PlaceDoubt.NOTHING_LOADED_BELOW])
_UNDECIDED = frozenset([MentionDoubt.SEVERAL_RW, MentionDoubt.MIXED_ORDER])


class Resolver:
    """Resolution of mentions against the areas of one edition.

    Parameters
    ----------
    areas
        Of one city and edition, in any order.
    """

    def __init__(self, areas: Iterable[NamedArea]) -> None:
        self._gazetteer = Gazetteer(areas)

    def resolve(self, mention: Mention, *, within: str | None = None) -> Resolution:
        """Codes of the areas that a mention can only mean.

        A kelurahan is looked for in the kecamatan named with it, a number in its kelurahan.
        A name of two levels, or of two places, is ambiguous until a word settles it. A number
        that does not exist leaves the area above it, and says so.

        Parameters
        ----------
        mention
            What was said.
        within
            Code of the area that the whole list is about, such as its kelurahan; None for the
            city.

        Returns
        -------
        resolution
            With codes only when there is one meaning.

        Raises
        ------
        UnknownArea
            When `within` is no area.
        """
        if within is not None:
            self._gazetteer.area(within)
        named = named_areas(self._gazetteer, mention, within)
        if PlaceDoubt.NAMES_DISAGREE in named.doubts:
            return self._ambiguous(named.codes, named.doubts)
        if mention.neighbourhoods and not _is_unknown(named):
            return self._numbered(mention, named)
        is_only_the_list = not (mention.kelurahan or mention.kecamatan or mention.loose)
        if not named.codes or is_only_the_list:
            return Resolution(doubts=named.doubts)
        if len(named.codes) > 1 and not named.on_purpose:
            return self._ambiguous(named.codes, named.doubts)
        return _certain(named.codes, named.doubts, mention)

    def _numbered(self, mention: Mention, named: Named) -> Resolution:
        doubts = set(named.doubts)
        kelurahan = self._gazetteer.kelurahan_in(named.codes)
        if any(self._gazetteer.area(code).level in ("kota", "kecamatan") for code in named.codes):
            doubts.add(PlaceDoubt.NO_KELURAHAN)
        elif len(kelurahan) > 1:
            doubts.add(PlaceDoubt.TOLD_BY_NUMBER)
        choices = [self._choices(kelurahan, each, doubts) for each in mention.neighbourhoods]
        if any(len(codes) != 1 for codes in choices) or mention.doubts & _UNDECIDED:
            return self._ambiguous((code for codes in choices for code in codes), doubts)
        return _certain(self._lowest([codes[0] for codes in choices]), doubts, mention)

    def _choices(
        self, kelurahan: Sequence[str], wanted: Neighbourhood, doubts: set[PlaceDoubt]
    ) -> tuple[str, ...]:
        found = [numbered_areas(self._gazetteer, code, wanted) for code in kelurahan]
        if len(found) > 1:  # the number itself tells which kelurahan it cannot be
            found = [each for each in found if each.is_there]
        doubts.update(each.doubt for each in found if each.doubt is not None)
        return tuple(code for each in found for code in each.codes)

    def _lowest(self, codes: Sequence[str]) -> list[str]:
        """Codes without those that hold another of them."""
        above = {holder for code in codes for holder in [*self._gazetteer.chain(code)][1:]}
        return [code for code in codes if code not in above]

    def _ambiguous(self, codes: Iterable[str], doubts: Iterable[PlaceDoubt]) -> Resolution:
        candidates = tuple(sorted(set(codes)))
        if not candidates:
            return Resolution(doubts=frozenset(doubts))
        chains = [[*self._gazetteer.chain(code)] for code in candidates]
        shared = set(chains[0]).intersection(*chains)
        within = next(
            (
                code
                for code in chains[0]
                if code in shared and self._gazetteer.area(code).level != "kota"
            ),
            None,
        )
        return Resolution((), Certainty.AMBIGUOUS, candidates, within, frozenset(doubts))


def _is_unknown(named: Named) -> bool:
    return not named.codes and PlaceDoubt.UNKNOWN_NAME in named.doubts


def _certain(codes: Sequence[str], doubts: Iterable[PlaceDoubt], mention: Mention) -> Resolution:
    all_doubts = frozenset(doubts)
    if mention.doubts:
        all_doubts |= {PlaceDoubt.WORDS_IN_DOUBT}
    certainty = Certainty.BY_NAME if all_doubts - _HARMLESS else Certainty.EXACT
    return Resolution(tuple(dict.fromkeys(codes)), certainty, doubts=all_doubts)
