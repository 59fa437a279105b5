"""What a row says of its place, kept as its address for whoever places it on a map later."""

import re
from dataclasses import replace

from app.lists.judge import PLACE_WORDS, Judged
from app.usulan.limits import LONGEST_PLACE

_BEFORE = {"rt": "RT", "rw": "RW", "kelurahan": "Kel.", "kecamatan": "Kec."}


_KINDS = {
    "rt": re.compile(r"R\.?T(?![a-z])", re.IGNORECASE),
    "rw": re.compile(r"R\.?W(?![a-z])", re.IGNORECASE),
    "kelurahan": re.compile(r"(?:kel|kelurahan|desa)\b", re.IGNORECASE),
    "kecamatan": re.compile(r"(?:kec|kecamatan)\b", re.IGNORECASE),
}


def with_place_words(judged: Judged) -> Judged:
    """The same rows, those without an address with the words of their columns of places."""
    columns = {name: judged.values[name] for name in PLACE_WORDS if name in judged.values}
    if not columns and not any(judged.groups):
        return judged
    addresses = judged.values.get("address") or [None] * len(judged.at)
    said = [
        address or _words({name: cells[row] for name, cells in columns.items()}, judged.groups[row])
        for row, address in enumerate(addresses)
    ]
    return replace(judged, values=judged.values | {"address": said})


def _words(cells: dict[str, str | None], group: str) -> str | None:
    parts = [_part(name, str(text)) for name, text in cells.items() if text]
    if group and not (cells.get("kelurahan") or cells.get("kecamatan")):
        parts.append(group)
    return ", ".join(parts)[:LONGEST_PLACE].rstrip() or None


def _part(name: str, text: str) -> str:
    """With its kind before it where the cell holds only a number or name."""
    if name not in _KINDS or _KINDS[name].match(text):
        return text
    return f"{_BEFORE[name]} {text}"
