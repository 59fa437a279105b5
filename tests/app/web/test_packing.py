"""Answers are compressed where it pays and tells nobody anything."""

import gzip
import json
import zlib
from random import Random

import brotli
import pytest

from app.web.packing import PLAIN, best_packing, packed
from spatial.tiles import tile_at
from tests.app import world
from tests.app.submission.sending import draft

MIDDLE = world.Spot(4, 4).middle
TILE = tile_at(MIDDLE.x, MIDDLE.y, 14)
RT = f"/tiles/areas/14/{TILE.x}/{TILE.y}.mvt?level=rt"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.8, br;q=0.2", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("*", "br"),
        ("br;q=0, *;q=0.5", "gzip"),
        ("*;q=0", PLAIN),
        ("identity", PLAIN),
        ("", PLAIN),
        ("br;q=high", PLAIN),
        ("br;q=nan", PLAIN),
        (";;,,", PLAIN),
    ],
)
def test_the_best_packing_is_the_one_the_asker_likes_most(accepted, best):
    assert best_packing(accepted) == best


@pytest.mark.parametrize("packing", UNPACK)
def test_what_is_packed_unpacks_to_the_same(packing):
    content = bytes(range(256)) * 40

    assert UNPACK[packing](packed(content, packing)) == content


def test_gzip_gives_each_kind_of_bytes_in_an_answer_its_own_code():
    rng = Random(20261123)
    kinds = (b"abcd", b"klmnopqrst", b"0123")
    content = b"".join(bytes(rng.choices(kind, k=1 << 14)) for kind in kinds)

    whole = zlib.compressobj(4, wbits=31)
    with_one_code = whole.compress(content) + whole.flush()

    assert len(packed(content, "gzip")) < 0.99 * len(with_one_code)


@pytest.mark.parametrize("packing", UNPACK)
@pytest.mark.parametrize("path", [RT, "/api/v1/areas?level=rt", "/api/v1/categories"])
def test_an_answer_is_the_same_in_every_packing(http, path, packing):
    plain = http.get(path, headers={"Accept-Encoding": "identity"})
    small = http.get(path, headers={"Accept-Encoding": packing})

    assert small.headers["Content-Encoding"] == packing
    assert small.content == plain.content
    assert int(small.headers["Content-Length"]) < len(plain.content)
    assert "Content-Encoding" not in plain.headers
    assert small.headers.get("ETag") == plain.headers.get("ETag")
    for answer in (plain, small):
        varies = [name.strip() for name in answer.headers["Vary"].split(",")]
        assert varies.count("Accept-Encoding") == 1


@pytest.mark.parametrize("path", [RT, "/api/v1/areas?level=rt"])
def test_a_tag_is_known_whatever_packing_it_came_with(http, path):
    tag = http.get(path, headers={"Accept-Encoding": "br"}).headers["ETag"]

    for packing in ("br", "gzip", "identity"):
        asked = {"If-None-Match": tag, "Accept-Encoding": packing}
        assert http.get(path, headers=asked).status_code == 304


def test_what_holds_a_tracking_code_is_never_compressed(http):
    told = http.post("/api/v1/usulan", json=draft(problem="rusak parah. " * 30))
    code = json.loads(told.content)["tracking_code"]
    followed = http.get(f"/api/v1/tracking/{code}")

    assert "Content-Encoding" not in told.headers
    assert "Content-Encoding" not in followed.headers
    assert followed.status_code == 200


def test_a_short_answer_is_left_as_it_is(http):
    assert "Content-Encoding" not in http.get("/healthz").headers
