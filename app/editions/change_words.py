"""What is said of two editions compared, in Indonesian."""

from collections.abc import Iterator, Mapping
from typing import Any

FATES: Mapping[str, str] = {
    "unchanged": "tetap",
    "renamed": "ganti nama",
    "recoded": "ganti kode",
    "moved": "batas bergeser",
    "split": "dipecah",
    "merged": "digabung",
    "gone": "hilang",
    "new": "baru",
}
_WORTH_A_LINE = 0.0005
"""Smaller shares stand in the JSON; a person reads what is at least 0.1 % when rounded."""
BASES: Mapping[str, str] = {"luas": "menurut luas", "rt": "menurut penduduk RT"}


def told(found: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a comparison: sums by level, then every area that did not stay as it was."""
    yield f"Edisi {found['from']} dibandingkan dengan edisi {found['to']}"
    for level, counts in found["levels"].items():
        sums = ", ".join(f"{number} {FATES[kind]}" for kind, number in counts.items())
        yield f"{level:<10} {sums}"
    for change in found["changes"]:
        if change["kind"] != "unchanged":
            yield from _change(change)


def _change(change: Mapping[str, Any]) -> Iterator[str]:
    extra = [
        word
        for flag, word in (("renamed", "ganti nama"), ("recoded", "ganti kode"))
        if change[flag] and change["kind"] == "moved"
    ]
    fate = ", ".join([FATES[change["kind"]], *extra])
    size = _size(change["km2"], change["people"])
    yield f"{change['level']} {_called(change)}: {fate} ({size})"
    if change["kind"] in ("renamed", "recoded"):
        yield f"    menjadi {_called(change['successors'][0])}"
        return
    for row in change["into"]:
        if row["area_share"] < _WORTH_A_LINE and change["kind"] != "new":
            continue
        size = _size(row["km2"], row["people"])
        if change["kind"] == "new":
            yield f"    dari {_called({'code': row['from'], 'name': row['name']})}: {size}"
        else:
            share = f"{_percent(row['area_share'])} luas, {_crowd(row)}"
            into = _called({"code": row["to"] or "(di luar edisi)", "name": row["name"]})
            yield f"    ke {into}: {size}; {share}"


def _called(area: Mapping[str, Any]) -> str:
    return f"{area['code']} {area['name']}".strip()


def _crowd(row: Mapping[str, Any]) -> str:
    basis = BASES.get(row["by"], f"menurut penduduk {row['by']}")
    return f"{_percent(row['population_share'])} penduduk ({basis})"


def _percent(share: float) -> str:
    return f"{share * 100:.2f} %".replace(".", ",")


def _size(km2: float, people: float | None) -> str:
    ground = f"{km2 * 100:,.2f} ha".translate(str.maketrans(",.", ".,"))
    crowd = "" if people is None else f", {people:,.0f} jiwa".replace(",", ".").replace(".", ",", 1)
    return ground + crowd
