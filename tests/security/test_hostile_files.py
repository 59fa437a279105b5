"""Files made to harm: each is answered with a reason, soon, and no other file is read."""

import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from spatial.boundaries.check import Expectation, check_boundaries
from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal
from spatial.boundaries.read import read_features
from spatial.boundaries.sandbox import (
    Limits,
    limits_for,
    reader_environment,
    run_reader,
)
from tests.quickness import soon_over

CANARY = "KENARI-8841"
EXPECTED = Expectation(city="33.72", level="kelurahan", code_field="kode", name_field="nama")
SQUARE = [[110.80, -7.57], [110.81, -7.57], [110.81, -7.56], [110.80, -7.56], [110.80, -7.57]]
SOON_S = 3.0  # of the processor; most of it is the reader's start


def collection(*features: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def feature(properties: object, coordinates: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def refusal_of(path: Path) -> FileRefused:
    with soon_over(path, within_s=SOON_S), pytest.raises(FileRefused) as refused:
        read_features(path)
    assert CANARY not in str(refused.value)
    return refused.value


def written(folder: Path, content: str | bytes, name: str = "batas.geojson") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return written(tmp_path, f"kode,nama\n33.72.01.1001,{CANARY}\n", "rahasia.csv")


def vrt_over(source: object) -> str:
    return (
        '<OGRVRTDataSource><OGRVRTLayer name="rahasia">'
        f"<SrcDataSource>{source}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server of this machine, and what it was asked for."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - the names are those of the standard library

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["batas.vrt", "batas.geojson"])
def test_a_virtual_file_is_refused_and_reads_no_other_file(tmp_path, canary, name):
    refused = refusal_of(written(tmp_path, vrt_over(canary), name))

    assert refused.flaw is FileFlaw.UNKNOWN_FORMAT


def test_an_address_in_place_of_a_path_asks_nobody(listener):
    address, asked = listener

    refused = refusal_of(Path(f"/vsicurl/{address}/batas.geojson"))

    assert refused.flaw is FileFlaw.NOT_A_FILE
    assert asked == []


def test_a_document_that_names_an_address_asks_nobody(tmp_path, listener):
    address, asked = listener
    document = json.loads(collection(feature({"kode": "33.72.01.1001"}, [SQUARE])))
    linked = {"type": "link", "properties": {"href": f"{address}/crs", "type": "proj4"}}

    refused = refusal_of(written(tmp_path, json.dumps(document | {"crs": linked})))

    assert refused.flaw is FileFlaw.UNKNOWN_CRS
    assert asked == []


def test_a_reader_inherits_no_setting_of_ours(monkeypatch):
    monkeypatch.setenv("PETA_SECRET_KEY", CANARY)
    monkeypatch.setenv("https_proxy", "http://192.0.2.1:3128")

    assert CANARY not in reader_environment().values()
    assert not {name for name in reader_environment() if "proxy" in name}


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", FileFlaw.EMPTY),
        (b"  \n\t ", FileFlaw.EMPTY),
        (b"{", FileFlaw.NOT_JSON),
        (b'{"type": "FeatureCollection", "features": [{"type": "Fea', FileFlaw.NOT_JSON),
        (b'{"type": "Point", "coordinates": [NaN, 1]}', FileFlaw.NOT_JSON),
        (b'{"type": "Point", "coordinates": [Infinity, 1]}', FileFlaw.NOT_JSON),
        (b'{"type": "Point", "coordinates": [1e400, 1]}', FileFlaw.NOT_JSON),
        (b'{"type": "Point", "coordinates": [1, 2]}{}', FileFlaw.NOT_JSON),
        (b'{"type": "Poin\xe9"}', FileFlaw.NOT_UTF8),
        (b"[1, 2]", FileFlaw.UNKNOWN_FORMAT),
        (b"PK\x03\x04", FileFlaw.ARCHIVE_DAMAGED),
        (b"<?xml version='1.0'?><gpx/>", FileFlaw.UNKNOWN_FORMAT),
        (b"\x7fELF", FileFlaw.UNKNOWN_FORMAT),
    ],
)
def test_a_damaged_file_is_refused_with_its_flaw(tmp_path, content, flaw):
    assert refusal_of(written(tmp_path, content)).flaw is flaw


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_document_3000_deep_is_refused(tmp_path, opening):
    deep = '{"type": "FeatureCollection", "features": [' + opening * 3000

    assert refusal_of(written(tmp_path, deep)).flaw is FileFlaw.TOO_DEEP


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipa")

    for path in (tmp_path, tmp_path / "pipa", Path("/dev/zero"), tmp_path / "tidak-ada"):
        assert refusal_of(path).flaw is FileFlaw.NOT_A_FILE
    assert refusal_of(Path("batas\0.geojson")).flaw is FileFlaw.NOT_A_FILE


def test_a_link_to_another_file_tells_nothing_of_it(tmp_path, canary):
    link = tmp_path / "batas.geojson"
    link.symlink_to(canary)

    assert refusal_of(link).flaw is FileFlaw.UNKNOWN_FORMAT


def test_a_million_positions_in_one_area_are_refused(tmp_path):
    many = '"coordinates": [[' + "[110.123456, -7.567891], " * 1_000_000 + "[110.1, -7.5]]]"
    one = collection(feature({"kode": "33.72.01.1001"}, []))
    path = written(tmp_path, one.replace('"coordinates": []', many))

    with soon_over(within_s=2 * SOON_S):
        (row,) = read_features(path)

    assert row.refusal is Refusal.TOO_MANY_POSITIONS


def read_whole(file: IO[bytes], limits: Limits) -> bytes:
    with run_reader("geojson", file, limits) as answer:
        return answer.read()


def test_a_file_that_wants_two_gigabytes_is_ended_within_ten_seconds(tmp_path):
    # 21 million empty lists: 60 bytes of memory for each 3 of the file
    bomb = b'{"type": "FeatureCollection", "features": [' + b"[]," * 21_000_000 + b"[]]}"
    path = written(tmp_path, bomb)
    small = limits_for(2**20)

    with (
        soon_over(within_s=10 + SOON_S),
        path.open("rb") as file,
        pytest.raises(FileRefused) as refused,
    ):
        read_whole(file, small)

    assert refused.value.flaw is FileFlaw.TOO_MUCH_MEMORY
    assert small.seconds == 10


def test_a_reader_that_does_not_end_is_ended(tmp_path):
    read_end, write_end = os.pipe()  # its other end stays open: reading from it never ends

    with os.fdopen(read_end, "rb") as file, pytest.raises(FileRefused) as refused:
        read_whole(file, Limits(2**30, 2, 2**20))
    os.close(write_end)

    assert refused.value.flaw is FileFlaw.TOO_MUCH_TIME


def test_an_answer_larger_than_allowed_ends_the_reader(tmp_path):
    path = written(tmp_path, collection(*(feature({"kode": "x" * 1000}, [SQUARE]),) * 100))

    with path.open("rb") as file, pytest.raises(FileRefused) as refused:
        read_whole(file, Limits(2**30, 10, 2**14))

    assert refused.value.flaw is FileFlaw.TOO_LARGE


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ({"kode": "33.72.01.1001", "nama": "Pa\0jang"}, Refusal.BAD_TEXT),
        ({"kode": "33.72.01.1001", "nama": "Pa\u202ejang"}, Refusal.BAD_TEXT),
        ({"kode": "33.72.01.1001", "nama": "x" * 10_000}, Refusal.BAD_TEXT),
        ({"kode": "33.72.01.1001\0", "nama": "Pajang"}, Refusal.CODE_OF_ANOTHER_SCHEME),
        ({"kode": "3" * 100_000 + "!", "nama": "Pajang"}, Refusal.CODE_OF_ANOTHER_SCHEME),
        ({"kode": "33.72.01.1001' OR 1=1 --", "nama": "x"}, Refusal.CODE_OF_ANOTHER_SCHEME),
        ({"kode": {"$gt": ""}, "nama": "Pajang"}, Refusal.NO_CODE),
        ({"kode": True, "nama": "Pajang"}, Refusal.NO_CODE),
    ],
)
def test_hostile_codes_and_names_are_refused(tmp_path, properties, why):
    path = written(tmp_path, collection(feature(properties, [SQUARE])))

    checked = check_boundaries(read_features(path), EXPECTED)

    assert [row.why for row in checked.refused] == [why]
    assert len(checked.refused[0].key) <= 40


def test_markup_in_a_name_stays_text(tmp_path):
    name = '<img src=x onerror="alert(1)">'
    properties = {"kode": "33.72.01.1001", "nama": name}
    path = written(tmp_path, collection(feature(properties, [SQUARE])))

    (area,) = check_boundaries(read_features(path), EXPECTED).areas

    assert area.name == name
