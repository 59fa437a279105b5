"""What is told of a file of boundaries: the report that others rely on, as plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.areas.boundary_words import REFUSALS, repair_words
from app.areas.load import BoundaryLoad, LoadOutcome
from app.areas.people import MadeCrowds
from spatial.boundaries.check import BoundaryArea, Checked, RefusedRow
from spatial.boundaries.examine import Examined
from spatial.boundaries.overlaps import Hole, Overlap, find_neighbours
from spatial.boundaries.wish import Origin

TOLD_OVERLAPS = 10
TOLD_HOLES = 5
TOLD_NAMES = 3


def file_report(origin: Origin, examined: Examined) -> dict[str, Any]:
    """What was found in a file, before anything is stored."""
    checked = examined.checked
    names = names_of(checked)
    return {
        "read": checked.read,
        "accepted": checked.accepted,
        "repaired": [
            _labelled(checked, repair.key)
            | {
                "row": repair.row,
                "what": repair_words(repair.what),
                "code": repair.what,
                "area_change_m2": round(repair.area_change_m2, 1),
            }
            for repair in checked.repaired
        ],
        "refused": [_refusal(row) for row in checked.refused],
        "duplicate_keys": [
            _labelled(checked, key) | {"rows": list(rows)}
            for key, rows in checked.duplicate_keys.items()
        ],
        "overlaps": _overlaps(examined.overlaps, names),
        "holes": _holes(examined.holes, checked.areas, names),
        "distant": [
            {
                "key": distant.key,
                "name": names.get(distant.key, ""),
                "km": round(distant.distance_m / 1000),
            }
            for distant in examined.distant
        ],
        "parents": {"code": 0, "name": 0, "geometry": 0, "made": 0, "none": 0},
        "same_names": [
            {"name": same.name, "level": same.level, "parents": list(same.parents)}
            for same in checked.same_names
        ],
        "remarks": {remark.value: count for remark, count in sorted(checked.remarks.items())},
        "origin": {
            "format": origin.format,
            "layer": origin.layer,
            "crs": origin.crs,
            "crs_from": origin.crs_from,
            "encoding": origin.encoding,
            "encoding_from": origin.encoding_from,
        },
        "guessed_names": _guessed_names(origin, checked.areas),
    }


def _guessed_names(origin: Origin, areas: Sequence[BoundaryArea]) -> list[str]:
    """The first names whose letters follow from a guessed encoding, for an owner to check."""
    if origin.encoding_from != "guess":
        return []
    return [area.name for area in areas if not area.name.isascii()][:TOLD_NAMES]


def _labelled(checked: Checked, key: str) -> dict[str, Any]:
    """The key, with what a reader calls it where the file has no codes."""
    label = checked.labels.get(key)
    return {"key": key} if label is None else {"key": key, "name": label}


def names_of(checked: Checked) -> dict[str, str]:
    """What a reader calls each area: its names from the outermost parent down, or its own."""
    return {area.code: checked.labels.get(area.code) or area.name for area in checked.areas}


def _overlaps(overlaps: Sequence[Overlap], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "pairs": len(overlaps),
        "m2": round(sum(overlap.m2 for overlap in overlaps)),
        "largest": [
            {
                "keys": list(overlap.keys),
                "names": [names.get(key, "") for key in overlap.keys],
                "m2": round(overlap.m2, 1),
            }
            for overlap in overlaps[:TOLD_OVERLAPS]
        ],
    }


def _holes(
    holes: Sequence[Hole], areas: Sequence[BoundaryArea], names: Mapping[str, str]
) -> dict[str, Any]:
    largest = holes[:TOLD_HOLES]
    return {
        "count": len(holes),
        "m2": round(sum(hole.m2 for hole in holes)),
        "largest": [
            _hole(hole, keys, names)
            for hole, keys in zip(largest, find_neighbours(largest, areas), strict=True)
        ],
    }


def _hole(hole: Hole, keys: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    """Its size, a position in it, and the areas it lies between."""
    middle = hole.surface.representative_point()
    return {
        "m2": round(hole.m2, 1),
        "longitude": round(middle.x, 6),
        "latitude": round(middle.y, 6),
        "keys": list(keys),
        "names": [names.get(key, "") for key in keys],
    }


def _refusal(row: RefusedRow) -> dict[str, Any]:
    hint = f"; mungkin {row.meant}" if row.meant else ""
    return {
        "row": row.row,
        "key": row.key,
        "why": f"{REFUSALS[row.why]}{hint}",
        "code": row.why.value,
        "meant": row.meant,
    }


def why_nothing(checked: Checked) -> str:
    """One sentence on a file of which nothing is stored."""
    if not checked.read:
        return "berkas tidak memuat satu wilayah pun"
    # A code that lost a zero tells more than one that reads the same as a text.
    changed = (row for row in checked.refused if row.meant and row.meant != row.key)
    shown = _refusal(next(changed, checked.refused[0]))
    return (
        f"{len(checked.refused)} dari {checked.read} wilayah ditolak; misalnya baris"
        f" {shown['row']} {shown['key']!r}: {shown['why']}"
    )


def crowd_report(crowds: MadeCrowds, names: Mapping[str, str]) -> dict[str, Any]:
    """Made parents whose people are the sum of those beneath, and those where some are missing."""
    return {
        "summed_people": [
            {
                "key": code,
                "name": names.get(code, ""),
                "level": crowd.level,
                "population": crowd.population,
                "households": crowd.households,
            }
            for code, crowd in sorted(crowds.summed.items())
        ],
        "unsummed_people": [
            {"key": code, "name": names.get(code, "")} for code in sorted(crowds.lacking)
        ],
    }


def load_report(outcome: LoadOutcome, load: BoundaryLoad, checked: Checked) -> dict[str, Any]:
    """What storing the accepted areas did to the edition."""
    own = {area.code for area in load.areas}
    by_ground = len(checked.by_ground)
    by_name = outcome.with_parent - by_ground if checked.labels else 0
    return {
        "parents": {
            "code": 0 if checked.labels else outcome.with_parent,
            "name": by_name,
            "geometry": by_ground,
            "made": sum(outcome.parents_made.values()),
            "none": len(own) - outcome.with_parent,
        },
        "made_parents": dict(outcome.parents_made),
        "astray": [
            {
                "key": astray.code,
                "name": astray.name,
                "parent": astray.parent,
                "share": round(astray.share, 3),
            }
            for astray in outcome.astray
        ],
        "kept_borders": [
            {"key": kept.code, "name": kept.name, "m2": round(kept.m2)}
            for kept in outcome.kept_borders
        ],
        **crowd_report(outcome.crowds, outcome.made_names),
        "city": load.city.code,
        "level": load.level,
        "edition": load.edition.name,
        "source": load.edition.source,
        "licence": load.edition.licence,
        "active": outcome.edition.active,
        "written": len(own & outcome.written),
        "unchanged": outcome.unchanged,
    }
