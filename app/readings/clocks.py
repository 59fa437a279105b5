"""The time of day behind a date: `10.30 WIB`, `09:17:37 AM`, `T03:30:00Z`."""

import re
from datetime import UTC, time, timedelta, timezone

_CLOCK = re.compile(
    r"(?:[T, ]|\bpukul\b|\bjam\b|\bat\b)*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d{1,9})?)?"
    r"\s*(am|pm)?\s*(z|wib|wita|wit|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_HOURS = {"wib": 7, "wita": 8, "wit": 9}


def split_clock(text: str) -> tuple[str, time | None, timezone | None] | None:
    """The text before the time of day, and that time with its zone; None when it is no time."""
    found = _last_clock(text)
    if found is None:
        return text, None, None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    if hour > 23 or minute > 59 or second > 59:
        return None
    return text[: found.start()].strip(" ,"), time(hour, minute, second), _zone(found[5])


def _last_clock(text: str) -> re.Match[str] | None:
    """A time ends the text and something stands before it."""
    for start in (match.start() for match in re.finditer(r"[T, ]", text)):
        found = _CLOCK.fullmatch(text, start)
        if found is not None and start > 0:
            return found
    return None


def _zone(name: str | None) -> timezone | None:
    if name is None:
        return None
    word = name.lower()
    if word in _HOURS:
        return timezone(timedelta(hours=_HOURS[word]))
    if word in ("z", "utc", "gmt"):
        return UTC
    digits = word[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if word[0] == "-" else offset) if offset < timedelta(hours=24) else None
