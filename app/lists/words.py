"""Places from words: the columns of a row that describe one, to the area they can only mean."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.lists.judge import PLACE_WORDS, Judged
from spatial.areas import AreaRecord
from spatial.mentions.gazetteer import NamedArea
from spatial.mentions.mention import Mention
from spatial.mentions.parse import mention_in_columns
from spatial.mentions.resolution import Certainty
from spatial.mentions.resolve import Resolver

_NUMBERED = re.compile(r"\bR\.?\s?[TW]|\b(?:kel|kec|desa)\b", re.IGNORECASE)
_MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class WordPlace:
    """What the words of a row tell of its place."""

    code: str | None
    """The lowest area that holds all that is certain; None when nothing is."""
    certainty: Certainty
    told: Mapping[str, Any]
    """Kept with the row's first event: every area named, how certain, what was doubtful."""


class WordPlacer:
    """Areas for words; the same words are looked up once."""

    def __init__(self, records: Sequence[AreaRecord]) -> None:
        self._records = records
        self._parents = {record.code: record.parent_code for record in records}
        self._levels = {record.code: record.level for record in records}
        self._known: dict[tuple[str | None, ...], WordPlace] = {}
        self.counted: Counter[str] = Counter()
        """Rows by how certain their words are."""
        self.doubted: Counter[str] = Counter()
        """Rows by what is doubtful in their words."""

    @cached_property
    def _resolver(self) -> Resolver:
        """Made for the first words; many lists have none."""
        return Resolver(
            NamedArea(record.code, record.level, record.parent_code, record.name)
            for record in self._records
        )

    def places(self, judged: Judged, rows: Sequence[int]) -> list[WordPlace | None]:
        """Of some rows; None where no words were given."""
        names = [name for name in (*PLACE_WORDS, "address") if name in judged.values]
        if names in ([], ["address"]) and not any(judged.groups):
            return self._by_addresses(judged.values.get("address"), rows)
        columns = [judged.values.get(name) for name in (*PLACE_WORDS, "address")]
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        found: list[WordPlace | None] = []
        for row in rows:
            said = (judged.groups[row], *(column[row] if column else None for column in columns))
            place = self._place(said) if any(said) else None
            if place is not None:
                self._count(place)
            found.append(place)
        return found

    def _count(self, place: WordPlace) -> None:
        self.counted[place.certainty.value] += 1
        self.doubted.update(place.told.get("doubts", ()))

    def _by_addresses(
        self, addresses: Sequence[str | None] | None, rows: Sequence[int]
    ) -> list[WordPlace | None]:
        """An address alone tells a place only where it names an RT or RW."""
        if addresses is None or not _NUMBERED.search("\0".join(filter(None, addresses))):
            return [None] * len(rows)
        found: list[WordPlace | None] = []
        for row in rows:
            text = addresses[row]
            place = None
            if text is not None and _NUMBERED.search(text):
                place = self._place(("", *(None,) * len(PLACE_WORDS), text))
                self._count(place)
            found.append(place)
        return found

    def _place(self, said: tuple[str | None, ...]) -> WordPlace:
        known = self._known.get(said)
        if known is None:
            known = self._known[said] = self._resolved(said)
        return known

    def _resolved(self, said: tuple[str | None, ...]) -> WordPlace:
        group, *columns, address = (text or "" for text in said)
        cells = dict(zip(PLACE_WORDS, columns, strict=True))
        cells["place"] = cells["place"] or address
        mention = mention_in_columns(cells)
        if not (mention.kelurahan or mention.kecamatan) and group:
            mention = _under(mention, mention_in_columns({"place": group}))
        found = self._resolver.resolve(mention)
        certain = found.codes or ((found.within,) if found.within else ())
        told: dict[str, Any] = {"certainty": found.certainty.value}
        if found.codes:
            told["areas"] = list(found.codes)
        if found.candidates:
            told["candidates"] = list(found.candidates[:20])
        doubts = sorted({*map(str, found.doubts), *map(str, mention.doubts)})
        if doubts:
            told["doubts"] = doubts
        return WordPlace(self._common(certain), found.certainty, told)

    def _common(self, codes: Sequence[str]) -> str | None:
        """The lowest area that is, or holds, each of some."""
        if not codes:
            return None
        first, *others = [self._chain(code) for code in codes]
        return next((code for code in first if all(code in chain for chain in others)), None)

    def _chain(self, code: str | None) -> list[str]:
        chain = []
        while code is not None and code in self._levels:
            chain.append(code)
            code = self._parents[code]
        return chain


def _under(mention: Mention, group: Mention) -> Mention:
    """A mention with the names that its grouping row tells."""
    return replace(
        mention,
        kelurahan=group.kelurahan,
        kecamatan=group.kecamatan,
        neighbourhoods=mention.neighbourhoods or group.neighbourhoods,
    )
