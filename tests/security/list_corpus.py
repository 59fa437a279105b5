"""Damaged lists by the thousand: four formats, each harmed in many ways, from one seed."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import openpyxl
import shapely

ROWS = 12
COLUMNS = ("source_id", "title", "problem", "category", "longitude", "latitude", "created_at")
DAMAGES = ("bits", "cut out", "head", "noise", "doubled", "swapped axes", "encoding", "ragged")
KEEPS_ROWS = frozenset({"swapped axes", "encoding", "ragged"})


@dataclass(frozen=True)
class Case:
    """One damaged file."""

    number: int
    format: str
    damage: str
    content: bytes

    def put(self, folder: Path) -> Path:
        path = folder / f"daftar-{self.number}.{self.format}"
        path.write_bytes(self.content)
        return path


def rows(*, swapped: bool = False) -> list[list[str]]:
    found = []
    for number in range(ROWS):
        place = [f"{110.801 + number / 2_000:.4f}", "-7.5650"]
        place = place[::-1] if swapped else place
        words = f"Jalan é berlubang di depan sekolah nomor {number}"
        found.append([f"K{number}", f"Jalan rusak {number}", words, "SP01", *place, "2026-02-25"])
    return found


def as_csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *table])
    return text.getvalue().encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in [list(COLUMNS), *table]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_geojson(table: list[list[str]]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(COLUMNS[:4], row, strict=False)),
            "geometry": {"type": "Point", "coordinates": [float(row[4]), float(row[5])]},
        }
        for row in table
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def as_gpkg(table: list[list[str]], folder: Path) -> bytes:
    frame = geopandas.GeoDataFrame(
        {name: [row[n] for row in table] for n, name in enumerate(COLUMNS[:4])},
        geometry=[shapely.Point(float(row[4]), float(row[5])) for row in table],
        crs=4326,
    )
    path = folder / "asal.gpkg"
    path.unlink(missing_ok=True)
    frame.to_file(path, driver="GPKG", engine="pyogrio")
    return path.read_bytes()


def ragged(table: list[list[str]], rng: random.Random) -> list[list[str]]:
    return [row[: rng.randint(1, len(row))] if rng.random() < 0.5 else row for row in table]


def corpus(folder: Path, count: int, seed: int = 2026) -> Iterator[Case]:
    """Cases in turn over formats and damages."""
    rng = random.Random(seed)
    makers: dict[str, Callable[[list[list[str]]], bytes]] = {
        "csv": as_csv,
        "xlsx": as_xlsx,
        "geojson": as_geojson,
        "gpkg": lambda table: as_gpkg(table, folder),
    }
    whole = {name: make(rows()) for name, make in makers.items()}
    swapped = {name: make(rows(swapped=True)) for name, make in makers.items()}
    for number in range(count):
        name = tuple(makers)[number % len(makers)]
        damage = DAMAGES[number // len(makers) % len(DAMAGES)]
        if damage == "swapped axes":
            content = swapped[name]
        elif damage == "ragged" and name in ("csv", "xlsx"):
            content = makers[name](ragged(rows(), rng))
        elif damage == "encoding" and name == "csv":
            encoding = rng.choice(("cp1252", "utf-16", "latin-1", "utf-8-sig"))
            content = whole[name].decode().encode(encoding)
        else:
            content = harmed(whole[name], damage, rng)
            damage = damage if damage not in KEEPS_ROWS else "bits"
        yield Case(number, name, damage, content)


def harmed(content: bytes, damage: str, rng: random.Random) -> bytes:
    """Some bytes turned, cut, doubled or made of nothing."""
    start = rng.randrange(len(content))
    stop = min(len(content), start + rng.randint(1, 200))
    if damage == "cut out":
        return content[:start] + content[stop:]
    if damage == "head":
        return content[:start]
    if damage == "noise":
        return content[:start] + rng.randbytes(stop - start) + content[stop:]
    if damage == "doubled":
        return content[:stop] + content[start:]
    turned = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        turned[rng.randrange(len(turned))] ^= 1 << rng.randrange(8)
    return bytes(turned)
