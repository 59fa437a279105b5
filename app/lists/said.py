"""What a row says of its place, kept as its address for whoever places it on a map later."""

from app.lists.judge import PLACE_WORDS, Judged
from app.usulan.limits import LONGEST_PLACE

_BEFORE = {"rt": "RT", "rw": "RW", "kelurahan": "Kel.", "kecamatan": "Kec."}


def keep_place_words(judged: Judged) -> None:
    """Give rows without an address the words of their columns of places."""
    columns = {name: judged.values[name] for name in PLACE_WORDS if name in judged.values}
    if not columns and not any(judged.groups):
        return
    addresses = judged.values.get("address") or [None] * len(judged.at)
    judged.values["address"] = [
        address or _words({name: cells[row] for name, cells in columns.items()}, judged.groups[row])
        for row, address in enumerate(addresses)
    ]


def _words(cells: dict[str, str | None], group: str) -> str | None:
    parts = [_part(name, str(text)) for name, text in cells.items() if text]
    if group and not (cells.get("kelurahan") or cells.get("kecamatan")):
        parts.append(group)
    return ", ".join(parts)[:LONGEST_PLACE].rstrip() or None


def _part(name: str, text: str) -> str:
    """With its kind before it where the cell holds only a number or name."""
    kind = _BEFORE.get(name)
    if kind is None or text.lower().startswith(kind.lower().rstrip(".")):
        return text
    return f"{kind} {text}"
