"""Bodies in another encoding, compressed, or with a name twice: what is wrong is said."""

import gzip

import pytest

from tests.quickness import soon_over
from tests.security.test_hostile import GOOD, is_refused, stored

WHOLE = GOOD + b"}"
JSON = {"Content-Type": "application/json"}


def post(http, body: bytes, **headers: str):
    return http.post("/api/v1/usulan", content=body, headers={**JSON, **headers})


@pytest.mark.parametrize(
    "body",
    [
        WHOLE.decode().encode("utf-16"),
        WHOLE.decode().encode("utf-16-le"),
        WHOLE.decode().encode("utf-32"),
        WHOLE.decode().replace("Jalan rusak", "Jalan é").encode("latin-1"),
        gzip.compress(WHOLE),
        b"\xef\xbb\xbf" + WHOLE,
    ],
    ids=["UTF-16", "UTF-16 without mark", "UTF-32", "Latin-1", "gzip", "byte order mark"],
)
def test_a_body_in_another_encoding_is_no_json(http, town, body):
    before = stored(town)

    answer = post(http, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "JSON_TIDAK_SAH")
    assert stored(town) == before


def test_what_is_not_utf_8_is_told_so(http):
    (error,) = post(http, WHOLE.decode().encode("utf-16")).json()["errors"]

    assert error["code"] == "BUKAN_UTF_8"
    assert "UTF-8" in error["detail"]


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd", "gzip, gzip", "x" * 200])
def test_a_compressed_body_is_refused_by_its_header(http, town, encoding):
    before = stored(town)

    answer = post(http, gzip.compress(WHOLE), **{"Content-Encoding": encoding})

    assert answer.status_code == 415
    assert answer.json()["errors"][0]["field"] == "Content-Encoding"
    assert stored(town) == before


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_a_body_that_says_it_is_plain_is_taken(http, encoding):
    assert post(http, WHOLE, **{"Content-Encoding": encoding}).status_code == 201


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (GOOD + b',"title":"Judul lain"}', "title"),
        (GOOD + b',"t\\u0069tle":"Judul lain"}', "title"),
        (GOOD + b',"proposer":{"consent":false,"name":"x","consent":true}}', "consent"),
        (GOOD.replace(b'"type"', b'"type":"Polygon","type"') + b"}", "type"),
    ],
    ids=["a title", "an escaped name", "a consent", "inside the geometry"],
)
def test_a_name_that_stands_twice_is_refused_and_nothing_is_stored(http, town, body, name):
    before = stored(town)

    answer = post(http, body)

    told = answer.json()
    assert (answer.status_code, told["code"]) == (400, "JSON_TIDAK_SAH")
    assert told["errors"][0]["code"] == "NAMA_GANDA"
    assert name in told["errors"][0]["detail"]
    assert stored(town) == before


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff", "\u3164", "\u2800", "\u00ad", "\ufe0f", "\u115f", "\u202e"]
)
@pytest.mark.parametrize("field", ["title", "problem"])
def test_a_text_of_which_nothing_is_seen_is_too_short(http, town, field, unseen):
    words = {"title": b"Jalan rusak", "problem": b"Jalan berlubang sepanjang gang ini."}
    before = stored(town)

    answer = post(http, WHOLE.replace(words[field], (unseen * 40).encode()))

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == (f"/{field}", "TERLALU_PENDEK")
    assert stored(town) == before


def test_a_name_of_which_nothing_is_seen_is_no_name(http):
    """Contact details need consent; without any, none is asked for."""
    proposer = '{"name":"\u3164\u3164","phone":"\u200b"}'.encode()

    assert post(http, GOOD + b',"proposer":' + proposer + b"}").status_code == 201


def test_a_body_made_of_quotes_is_refused_soon(http):
    with soon_over(within_s=3):
        answer = post(http, b'{"a":"' + b'\\"' * 490_000)

    is_refused(answer)
