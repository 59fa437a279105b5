"""Damaged boundary files of every format, the same for the same seed."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely

from tests.spatial.boundary_files import (
    CODES,
    NAMES,
    SHAPEFILE_PARTS,
    SQUARES,
    archive_of,
    four_placemarks,
    kelurahan,
    written,
)

SEED = 20260
FORMATS = ("geojson", "kml", "gpkg", "shp", "zip")
MAIN = {"geojson": ".geojson", "kml": ".kml", "gpkg": ".gpkg", "shp": ".shp", "zip": ".zip"}


@dataclass(frozen=True)
class Case:
    """One damaged file: its parts by ending, and what was done to it."""

    number: int
    format: str
    damage: str
    parts: Mapping[str, bytes]

    def put(self, folder: Path) -> Path:
        for suffix, content in self.parts.items():
            (folder / f"batas{suffix}").write_bytes(content)
        return folder / f"batas{MAIN[self.format]}"

    def __str__(self) -> str:
        return f"{self.number}-{self.format}-{self.damage}"


def sound_files(folder: Path) -> dict[str, dict[str, bytes]]:
    """One undamaged file of each format, by format and by the ending of each part."""
    made = {}
    for name in ("geojson", "gpkg"):
        made[name] = {MAIN[name]: kelurahan(folder / f"utuh.{name}").read_bytes()}
    made["kml"] = {".kml": four_placemarks().encode()}
    shp = kelurahan(folder / "utuh.shp")
    made["shp"] = {suffix: shp.with_suffix(suffix).read_bytes() for suffix in SHAPEFILE_PARTS}
    packed = {f"utuh{suffix}": content for suffix, content in made["shp"].items()}
    made["zip"] = {".zip": archive_of(packed)}
    return made


def corpus(folder: Path, count: int, *, seed: int = SEED) -> Iterator[Case]:
    """So many cases, formats and kinds of damage taking turns."""
    sound = sound_files(folder)
    swapped = _swapped_files(folder)
    rng = random.Random(seed)
    kinds = list(DAMAGES)
    for number in range(count):
        name = FORMATS[number % len(FORMATS)]
        damage = kinds[number // len(FORMATS) % len(kinds)]
        files = swapped if damage == "swapped axes" else sound
        yield Case(number, name, damage, DAMAGES[damage](dict(files[name]), rng))


def _swapped_files(folder: Path) -> dict[str, dict[str, bytes]]:
    place = folder / "tertukar"
    place.mkdir(exist_ok=True)
    turned = [shapely.transform(square, lambda corners: corners[:, ::-1]) for square in SQUARES]
    columns = {"kode": CODES, "nama": NAMES}
    made = {
        name: {MAIN[name]: written(place / f"batas.{name}", columns, turned).read_bytes()}
        for name in ("geojson", "gpkg")
    }
    made["kml"] = {".kml": re.sub(rb"(110\.\d+),(-7\.\d+)", rb"\2,\1", four_placemarks().encode())}
    shp = written(place / "batas.shp", columns, turned)
    made["shp"] = {suffix: shp.with_suffix(suffix).read_bytes() for suffix in SHAPEFILE_PARTS}
    made["zip"] = {".zip": archive_of({f"b{suffix}": part for suffix, part in made["shp"].items()})}
    return made


Parts = dict[str, bytes]


def _part(parts: Parts, rng: random.Random) -> str:
    return rng.choice(sorted(suffix for suffix, content in parts.items() if content))


def _flipped(parts: Parts, rng: random.Random) -> Parts:
    name = _part(parts, rng)
    content = bytearray(parts[name])
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return parts | {name: bytes(content)}


def _as_it_is(parts: Parts, _rng: random.Random) -> Parts:
    return parts


def _head_flipped(parts: Parts, rng: random.Random) -> Parts:
    """In the first bytes, where counts, sizes and names stand."""
    name = _part(parts, rng)
    content = bytearray(parts[name])
    content[rng.randrange(min(len(content), 200))] = rng.randrange(256)
    return parts | {name: bytes(content)}


def _truncated(parts: Parts, rng: random.Random) -> Parts:
    name = _part(parts, rng)
    return parts | {name: parts[name][: rng.randrange(len(parts[name]))]}


def _cut_out(parts: Parts, rng: random.Random) -> Parts:
    name = _part(parts, rng)
    start = rng.randrange(len(parts[name]))
    return parts | {name: parts[name][:start] + parts[name][start + rng.randrange(1, 500) :]}


def _doubled(parts: Parts, rng: random.Random) -> Parts:
    name = _part(parts, rng)
    start = rng.randrange(len(parts[name]))
    return parts | {name: parts[name][:start] + parts[name]}


def _noise(parts: Parts, rng: random.Random) -> Parts:
    name = _part(parts, rng)
    start = rng.randrange(len(parts[name]))
    noise = rng.randbytes(rng.randrange(1, 300))
    return parts | {name: parts[name][:start] + noise + parts[name][start + len(noise) :]}


def _other_encoding(parts: Parts, rng: random.Random) -> Parts:
    """Letters of another code page where the names stand."""
    name = _part(parts, rng)
    letters = "Pajàng é ñ".encode(rng.choice(("cp1252", "cp850", "utf-16")))
    return parts | {name: parts[name].replace(b"Pajang", letters[:6].ljust(6))}


def _odd_numbers(parts: Parts, rng: random.Random) -> Parts:
    """Numbers that are none, in text; endless ones in binary."""
    name = _part(parts, rng)
    odd = rng.choice((b"NaN", b"1e999", b"-Infinity", b"", b"180.1", b"0x1F"))
    nan = rng.choice((b"\0\0\0\0\0\0\xf8\x7f", b"\0\0\0\0\0\0\xf0\xff"))
    content = re.sub(rb"110\.8\d?", odd, parts[name], count=rng.randrange(1, 4))
    if content == parts[name] and len(content) > 300:
        at = rng.randrange(100, len(content) - 8)
        content = content[:at] + nan + content[at + 8 :]
    return parts | {name: content}


def _part_lost(parts: Parts, rng: random.Random) -> Parts:
    kept = dict(parts)
    if len(kept) > 1:
        del kept[rng.choice([suffix for suffix in kept if suffix != ".shp"])]
        return kept
    return dict.fromkeys(kept, b"")


def _other_format(parts: Parts, rng: random.Random) -> Parts:
    """The content of something else under the same name."""
    name = _part(parts, rng)
    other = rng.choice(
        (b"PK\x03\x04", b"SQLite format 3\0", b"<kml>", b"{}", b"\0\0\x27\x0a", b"%PDF-1.4", b"MZ")
    )
    return parts | {name: other + parts[name][len(other) :]}


def _repacked(parts: Parts, rng: random.Random) -> Parts:
    """A zip with a member that has no business there, or lies."""
    if ".zip" not in parts:
        return _flipped(parts, rng)
    content = io.BytesIO(parts[".zip"])
    odd = rng.choice(("../../x.shp", "/x.shp", "utuh.shp", "utuh.zip", "x" * 300, "a\\b.shp"))
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")  # one of the names is there already
        entry = zipfile.ZipInfo(odd)
        entry.external_attr = rng.choice((0, 0o120777 << 16))
        archive.writestr(entry, rng.randbytes(20))
    return {".zip": content.getvalue()}


DAMAGES: Mapping[str, Callable[[Parts, random.Random], Parts]] = {
    "bits": _flipped,
    "head": _head_flipped,
    "truncated": _truncated,
    "cut out": _cut_out,
    "doubled": _doubled,
    "noise": _noise,
    "encoding": _other_encoding,
    "numbers": _odd_numbers,
    "swapped axes": _as_it_is,
    "part lost": _part_lost,
    "other format": _other_format,
    "repacked": _repacked,
}
