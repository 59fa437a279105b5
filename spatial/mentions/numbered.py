"""RT and RW in a text: which numbers follow each word, and which RT belongs to which RW."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spatial.mentions.mention import MentionDoubt, Neighbourhood
from spatial.mentions.numerals import NotANumeral, read_numeral

LONGEST_RANGE = 60

_NUMERAL = r"[0-9OoIl]{0,3}[0-9][0-9OoIl]{0,3}[A-Za-z]?|[IVXivx]{1,7}"
_JOINT = r"\s*(?:s\s?/\s?d|s\.\s?d\.?|sd|sampai(?:\s+dengan)?|hingga|dan|[-\u2013/,;&+])\s*"
_WORD = r"(?<![A-Za-z])R\.?\s?{letter}\.?(?=[^A-Za-z]|[OoIl]?[0-9]|$)"
_RT, _RW = _WORD.format(letter="T"), _WORD.format(letter="W")
_BOTH = re.compile(
    rf"(?P<first>{_RT}|{_RW})\s*[/.,-]?\s*(?:{_RT}|{_RW})[\s.:]*"
    rf"(?P<pairs>(?:{_NUMERAL})\s*[/-]\s*(?:{_NUMERAL})"
    rf"(?:\s*(?:,|;|dan|&)\s*(?:{_NUMERAL})\s*[/-]\s*(?:{_NUMERAL}))*)(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_GROUP = re.compile(
    rf"(?P<word>{_RT}|{_RW})[\s.:]*(?:no(?:mor)?[\s.:]+)?"
    rf"(?P<list>(?:{_NUMERAL})(?:{_JOINT}(?:{_NUMERAL})(?![0-9A-Za-z]))*)?(?![0-9])",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"({_NUMERAL})\s*[/-]\s*({_NUMERAL})", re.IGNORECASE)
_SPLIT = re.compile(rf"({_JOINT})", re.IGNORECASE)
_THROUGH = re.compile(r"\s*(?:s|sampai|hingga)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Group:
    """One word RT or RW with the numbers behind it."""

    is_rt: bool
    words: tuple[str, ...]
    joints: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    places: list[Neighbourhood] = field(default_factory=list)
    doubts: set[MentionDoubt] = field(default_factory=set)


def neighbourhoods_in(
    text: str,
) -> tuple[tuple[Neighbourhood, ...], frozenset[MentionDoubt], str]:
    """RT and RW that a text numbers, what is doubtful in them, and the text without them.

    An RT belongs to the RW named next, or to the one before when the text names an RW first.

    Parameters
    ----------
    text
        One line.

    Returns
    -------
    neighbourhoods
        In the order named, each once.
    doubts
        What may mean two things.
    rest
        The text with a bar in place of every RT and RW.
    """
    found = _Found()
    spaced = re.sub(r"(?<=[0-9])(?=R\.?\s?[TW])", " ", text, flags=re.IGNORECASE)
    for match in _BOTH.finditer(spaced):
        _add_pairs(match["pairs"], rw_first="W" in match["first"].upper(), found=found)
    rest = _BOTH.sub("|", spaced)
    _pair_up([_group(match) for match in _GROUP.finditer(rest)], found)
    places = tuple(dict.fromkeys(found.places))
    return places, frozenset(found.doubts), _GROUP.sub("|", rest)


def _add_pairs(text: str, *, rw_first: bool, found: _Found) -> None:
    for first, second in _PAIR.findall(text):
        numbers = [_number(first, found), _number(second, found)]
        rt, rw = reversed(numbers) if rw_first else numbers
        if rt and rw:
            found.places.append(Neighbourhood(rt, rw))


def _group(match: re.Match[str]) -> _Group:
    pieces = _SPLIT.split(match["list"] or "")
    words, joints = pieces[::2], pieces[1::2]
    is_rt = "T" in match["word"].upper()
    return _Group(is_rt, tuple(word for word in words if word), tuple(joints))


def _pair_up(groups: Sequence[_Group], found: _Found) -> None:
    told = [group for group in groups if group.words]
    if not told:
        return
    if told[0].is_rt:
        _rt_first(told, found)
    else:
        _rw_first(told, found)


def _rt_first(groups: Sequence[_Group], found: _Found) -> None:
    waiting: list[int] = []
    last_rw: int | None = None
    for position, group in enumerate(groups):
        is_followed = any(not later.is_rt for later in groups[position + 1 :])
        if group.is_rt and not is_followed and _is_rt_and_rw(group):
            _slash_pair(group, found)
        elif group.is_rt:
            waiting += _numbers(group, found, is_followed=is_followed)
        else:
            rws = _numbers(group, found, is_followed=True)
            _join(waiting, rws, found)
            waiting, last_rw = [], rws[-1] if rws else last_rw
    if waiting and last_rw is not None:
        found.doubts.add(MentionDoubt.RW_CARRIED)
    found.places += [Neighbourhood(rt, last_rw) for rt in waiting]


def _rw_first(groups: Sequence[_Group], found: _Found) -> None:
    rws: list[int] = []
    has_rt = False
    for group in groups:
        if group.is_rt:
            _join(_numbers(group, found, is_followed=True), rws, found)
            has_rt = True
        else:
            _leave_whole(rws, found, unless=has_rt)
            rws, has_rt = _numbers(group, found, is_followed=True), False
    _leave_whole(rws, found, unless=has_rt)
    if not groups[-1].is_rt and any(group.is_rt for group in groups):
        found.doubts.add(MentionDoubt.MIXED_ORDER)


def _leave_whole(rws: Iterable[int], found: _Found, *, unless: bool) -> None:
    if not unless:
        found.places += [Neighbourhood(None, rw) for rw in rws]


def _join(rts: Sequence[int], rws: Sequence[int], found: _Found) -> None:
    if rts and len(rws) > 1:
        found.doubts.add(MentionDoubt.SEVERAL_RW)
    if not rts:
        found.places += [Neighbourhood(None, rw) for rw in rws]
    found.places += [Neighbourhood(rt, rw) for rt in rts for rw in rws]


def _is_rt_and_rw(group: _Group) -> bool:
    return len(group.joints) == 1 and group.joints[0].strip() == "/"


def _slash_pair(group: _Group, found: _Found) -> None:
    rt, rw = (_number(word, found) for word in group.words)
    if rt and rw:
        found.doubts.add(MentionDoubt.RW_WITHOUT_WORD)
        found.places.append(Neighbourhood(rt, rw))


def _numbers(group: _Group, found: _Found, *, is_followed: bool) -> list[int]:
    """Numbers of a group, ranges filled; none at all when a range is in doubt."""
    numbers: list[int] = []
    for word, joint in zip(group.words, ("", *group.joints), strict=False):
        is_dash = joint.strip() in ("-", "\u2013")
        if is_dash and not is_followed:  # RT 003-012 without an RW
            found.doubts.add(MentionDoubt.RANGE_OR_RW)
            return []
        number = _number(word, found)
        if numbers and number is not None and (is_dash or _THROUGH.match(joint)):
            if not numbers[-1] < number <= numbers[-1] + LONGEST_RANGE:
                found.doubts.add(MentionDoubt.BAD_RANGE)
                return []
            numbers += range(numbers[-1] + 1, number)
        numbers += [] if number is None else [number]
    return numbers


def _number(word: str, found: _Found) -> int | None:
    try:
        return read_numeral(word)
    except NotANumeral:
        found.doubts.add(MentionDoubt.UNREAD_NUMBER)
        return None
