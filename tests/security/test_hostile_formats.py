"""Traps in archives, KML, GeoPackage and Shapefile: refused, and nothing else is read or asked."""

import io
import random
import sqlite3
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from app.areas.boundary_words import FILE_FLAWS, REFUSALS, REMARKS, file_refusal
from spatial.boundaries.archive import Archive
from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal, Remark
from spatial.boundaries.read import read_features
from tests.quickness import soon_over
from tests.security.test_hostile_files import CANARY, canary, listener, vrt_over
from tests.spatial.boundary_files import (
    CODES,
    NAMES,
    SHAPEFILE_PARTS,
    SQUARES,
    archive_of,
    four_placemarks,
    kelurahan,
    kml,
    placemark,
)

__all__ = ["canary", "listener"]


def refusal_of(path: Path) -> FileRefused:
    with soon_over(path), pytest.raises(FileRefused) as refused:
        read_features(path)
    assert CANARY not in file_refusal(refused.value)
    return refused.value


def put(folder: Path, content: bytes | str, name: str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def parts(folder: Path) -> dict[str, bytes]:
    shp = kelurahan(folder / "batas.shp")
    return {f"batas{suffix}": shp.with_suffix(suffix).read_bytes() for suffix in SHAPEFILE_PARTS}


def member(name: str, *, mode: int = 0, content: bytes = b"x") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        opened.writestr(entry, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("name", "trap"),
    [
        ("../../batas.kml", "name"),
        ("kota/../../batas.kml", "name"),
        ("/etc/batas.kml", "name"),
        ("C:/batas.kml", "name"),
        ("kota\\..\\batas.kml", "name"),
        ("kota/batas.zip", "nested"),
        ("batas.tar.gz", "nested"),
    ],
)
def test_a_name_that_leads_out_of_an_archive_is_refused(tmp_path, name, trap):
    refused = refusal_of(put(tmp_path, member(name), "batas.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.ARCHIVE_UNSAFE, trap)


def test_a_link_in_an_archive_is_refused(tmp_path, canary):
    link = member("batas.geojson", mode=stat.S_IFLNK | 0o777, content=str(canary).encode())

    refused = refusal_of(put(tmp_path, link, "batas.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.ARCHIVE_UNSAFE, "link")


def test_the_same_name_twice_in_an_archive_is_refused(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("batas.kml", four_placemarks())
        archive.writestr("BATAS.kml", "<kml/>")

    refused = refusal_of(put(tmp_path, content.getvalue(), "batas.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.ARCHIVE_UNSAFE, "duplicate")


def test_an_archive_of_very_many_files_is_refused(tmp_path):
    many = archive_of({f"{number}.txt": b"" for number in range(5_000)})

    refused = refusal_of(put(tmp_path, many, "batas.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.ARCHIVE_UNSAFE, "count")


def told_packed(archive: bytes, packed_bytes: int) -> bytes:
    """The archive of one member, whose directory says that it is packed into so many bytes."""
    changed = bytearray(archive)
    entry = changed.rindex(b"PK\x01\x02")
    changed[entry + 20 : entry + 24] = packed_bytes.to_bytes(4, "little")
    return bytes(changed)


def test_an_archive_that_says_it_is_packed_into_more_than_it_has_is_not_unpacked(tmp_path):
    # By what its directory says, it grows eightyfold; by what it is, a thousandfold.
    bomb = archive_of({"batas.kml": b" " * 250_000_000})
    lie = put(tmp_path, told_packed(bomb, 3_000_000), "batas.zip")

    tracemalloc.start()
    with pytest.raises(FileRefused) as refused:
        Archive(lie.read_bytes()).find("batas.kml")
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused.value.flaw is FileFlaw.ARCHIVE_DAMAGED
    assert most_bytes < 20_000_000


def test_members_that_share_their_bytes_are_refused(tmp_path):
    one = archive_of({"batas.kml": random.Random(1).randbytes(1_000_000)})
    entry, end = one.rindex(b"PK\x01\x02"), one.rindex(b"PK\x05\x06")
    names = [b"batas.kml", b"batat.kml", b"batau.kml"]
    directory = b"".join(one[entry:end].replace(b"batas.kml", name) for name in names)
    closing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, len(directory), entry, 0)
    shared = one[:entry] + directory + closing

    refused = refusal_of(put(tmp_path, shared, "batas.zip"))

    assert refused.flaw is FileFlaw.ARCHIVE_DAMAGED


def test_an_archive_that_grows_a_thousandfold_is_refused(tmp_path):
    bomb = archive_of({"batas.kml": b" " * 50_000_000})

    refused = refusal_of(put(tmp_path, bomb, "batas.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.ARCHIVE_UNSAFE, "ratio")


def test_a_directory_that_lies_about_sizes_is_found_out(tmp_path):
    honest = archive_of({"batas.kml": b" " * 5_000_000 + four_placemarks().encode()})
    size = 5_000_000 + len(four_placemarks().encode())
    lying = honest.replace(struct.pack("<I", size), struct.pack("<I", 1000))

    assert refusal_of(put(tmp_path, lying, "batas.zip")).flaw is FileFlaw.ARCHIVE_DAMAGED


def test_an_archive_in_disguise_inside_an_archive_is_refused(tmp_path):
    inner = archive_of({"batas.kml": four_placemarks().encode()})

    refused = refusal_of(put(tmp_path, archive_of({"batas.kml": inner}), "batas.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.ARCHIVE_UNSAFE, "nested")


def test_nothing_of_an_archive_is_written_to_disk(tmp_path):
    path = put(tmp_path, archive_of(parts(tmp_path)), "semua.zip")
    before = sorted(tmp_path.rglob("*"))

    assert len(read_features(path)) == 4

    assert sorted(tmp_path.rglob("*")) == before


def test_an_archive_with_several_shapefiles_asks_which(tmp_path):
    one = parts(tmp_path)
    both = one | {name.replace("batas", "rt"): content for name, content in one.items()}

    refused = refusal_of(put(tmp_path, archive_of(both), "semua.zip"))

    assert (refused.flaw, refused.detail) == (FileFlaw.LAYER_NEEDED, "'batas', 'rt'")


def lol(depth: int = 9) -> str:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, depth)
    )
    return f'<?xml version="1.0"?><!DOCTYPE kml [{entities}]><kml><name>&l{depth - 1};</name></kml>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_bomb_of_entities_is_refused_before_it_is_parsed(tmp_path, encoding):
    path = put(tmp_path, lol().encode(encoding), "batas.kml")

    assert refusal_of(path).flaw is FileFlaw.XML_DECLARATIONS


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{canary}">]>',
        '<!DOCTYPE kml SYSTEM "{address}/kml.dtd">',
        '<!-- lama --><!DOCTYPE kml [<!ENTITY % x SYSTEM "{address}/x"> %x;]>',
    ],
)
def test_an_entity_outside_reads_no_file_and_asks_nobody(tmp_path, canary, listener, declared):
    address, asked = listener
    head = '<?xml version="1.0"?>' + declared.format(canary=canary, address=address)
    path = put(tmp_path, kml(placemark(CODES[0], "&x;", SQUARES[0]), head=head), "batas.kml")

    assert refusal_of(path).flaw is FileFlaw.XML_DECLARATIONS
    assert asked == []


def test_a_network_link_of_kml_is_not_followed(tmp_path, listener):
    address, asked = listener
    link = f"<NetworkLink><Link><href>{address}/batas.kml</href></Link></NetworkLink>"
    path = put(tmp_path, kml(link, placemark(CODES[0], NAMES[0], SQUARES[0])), "batas.kml")

    (feature,) = read_features(path)

    assert feature.properties["kode"] == CODES[0]
    assert asked == []


def test_kml_3000_deep_is_refused(tmp_path):
    path = put(tmp_path, f"<kml>{'<Folder>' * 3000}", "batas.kml")

    assert refusal_of(path).flaw is FileFlaw.TOO_DEEP


@pytest.mark.parametrize("name", ["batas.kml", "batas.zip", "batas.gpkg", "batas.shp"])
def test_a_virtual_file_under_any_name_reads_no_other_file(tmp_path, canary, name):
    content = vrt_over(canary)
    inside = archive_of({"batas.kml": content.encode()})

    refused = refusal_of(put(tmp_path, inside if name.endswith("zip") else content, name))

    assert refused.flaw is FileFlaw.UNKNOWN_FORMAT


@pytest.mark.parametrize("suffix", [".dbf", ".prj", ".cpg"])
def test_a_part_that_is_a_link_to_another_file_tells_nothing_of_it(tmp_path, canary, suffix):
    shp = kelurahan(tmp_path / "batas.shp")
    shp.with_suffix(suffix).unlink(missing_ok=True)
    shp.with_suffix(suffix).symlink_to(canary)

    try:
        told = str(read_features(shp))
    except FileRefused as refused:
        told = file_refusal(refused)

    assert CANARY not in told


def test_a_part_that_is_a_pipe_is_not_waited_for(tmp_path):
    import os

    shp = kelurahan(tmp_path / "batas.shp")
    shp.with_suffix(".prj").unlink()
    os.mkfifo(shp.with_suffix(".prj"))

    assert refusal_of(shp).flaw is FileFlaw.NOT_A_FILE


def geopackage(folder: Path, *statements: str) -> Path:
    path = kelurahan(folder / "batas.gpkg", layer="batas")
    with sqlite3.connect(path) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
    database.close()
    return path


def test_a_view_in_place_of_a_layer_is_no_layer(tmp_path):
    path = geopackage(
        tmp_path,
        "ALTER TABLE batas RENAME TO asli",
        "CREATE VIEW batas AS SELECT * FROM asli, (SELECT load_extension('/tmp/x.so'))",
    )
    with sqlite3.connect(path) as database:
        database.execute("UPDATE gpkg_contents SET table_name = 'batas'")
        database.execute("UPDATE gpkg_geometry_columns SET table_name = 'batas'")
    database.close()

    assert refusal_of(path).flaw is FileFlaw.NO_LAYER


def test_a_column_that_computes_a_gigabyte_is_ended(tmp_path):
    path = geopackage(
        tmp_path,
        "ALTER TABLE batas ADD COLUMN besar GENERATED ALWAYS AS (hex(zeroblob(900000000))) VIRTUAL",
    )

    assert refusal_of(path).flaw in (FileFlaw.DAMAGED, FileFlaw.TOO_MUCH_MEMORY)


def test_a_name_of_a_layer_is_never_a_statement(tmp_path):
    name = 'batas"; DROP TABLE gpkg_contents; --'
    path = kelurahan(tmp_path / "batas.gpkg", layer=name)

    assert len(read_features(path)) == 4


def test_every_answer_has_indonesian_words():
    assert set(FILE_FLAWS) == set(FileFlaw)
    assert set(REFUSALS) == set(Refusal)
    assert set(REMARKS) == set(Remark)
