"""Cells made to harm a loader: each is a rejected row with its reason, and never more."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lists.cells import Remarks
from app.lists.drafts import digests, keys
from app.lists.fields import FieldRules, Styles, field_readers
from app.lists.judge import Judged, JudgeRules, judge
from app.lists.mapping import FIELDS, ListMapping
from app.lists.reasons import Reason, RowRejected
from app.lists.refused import ListRefused
from app.lists.source import ListBlock, opened_list
from app.sheets.blocks import Block
from tests.app.lists.loading import HEADER, INSIDE, PROBLEM, counts, load, rejects

NOW = datetime(2026, 3, 1, tzinfo=UTC)
READERS = field_readers(
    FieldRules(
        mapping=ListMapping(),
        styles=Styles({}, {}),
        zone=ZoneInfo("Asia/Jakarta"),
        category={"SP01": "SP01"}.get,
        remarks=Remarks(),
    )
)
RULES = JudgeRules(
    readers=READERS,
    numbers={name: number for number, name in enumerate(FIELDS)},
    shapes={"SP01": ("LineString", "Polygon")},
    now=NOW,
)
GOOD = {"title": "Jalan rusak", "problem": PROBLEM, "category": "SP01"}


def draft(**cells: str) -> Judged:
    said = GOOD | cells
    columns = [(said.get(name, ""),) for name in FIELDS]
    judged = judge(ListBlock(Block([2], columns, [""])), RULES)
    if judged.rejected:
        raise judged.rejected[0]
    keys(judged, ListBlock(Block([2], columns, [""])))
    digests(judged)
    return judged


def rejection(**cells: str) -> RowRejected:
    with pytest.raises(RowRejected) as rejected:
        draft(**cells)
    return rejected.value


DEEP_WKT = "GEOMETRYCOLLECTION(" * 1200 + "POINT(110.805 -7.565)" + ")" * 1200
DEEP_GEOJSON = '{"type":"GeometryCollection","geometries":[' * 1200 + "]}" * 1200
NO_GEOMETRIES = [
    DEEP_WKT,
    DEEP_GEOJSON,
    "CIRCULARSTRING(110.80 -7.57,110.81 -7.56,110.82 -7.57)",
    "COMPOUNDCURVE((110.80 -7.57,110.81 -7.56))",
    "CURVEPOLYGON((110.80 -7.57,110.81 -7.56,110.81 -7.57,110.80 -7.57))",
    "MULTICURVE((110.80 -7.57,110.81 -7.56))",
    "MULTISURFACE(((110.80 -7.57,110.81 -7.56,110.81 -7.57,110.80 -7.57)))",
    "TIN(((110.80 -7.57,110.81 -7.56,110.81 -7.57,110.80 -7.57)))",
    "POLYHEDRALSURFACE(((110.80 -7.57,110.81 -7.56,110.81 -7.57,110.80 -7.57)))",
    "LINEARRING(110.80 -7.57,110.81 -7.56,110.81 -7.57,110.80 -7.57)",
    "GEOMETRYCOLLECTION(POINT(110.805 -7.565))",
    "SRID=32749;POINT(478000 9163000)",
    "POINT Z (110.805 -7.565 12)",
    "POINT EMPTY",
    "POLYGON EMPTY",
    "POINT(nan nan)",
    "POINT(inf -7.565)",
    "POINT(1e400 -7.565)",
    "POINT(110.805 -7.565)\0garbage",
    "POINT(110.805 -7.565) POINT(1 2)",
    "POINT(\ud800 -7.565)",
    '{"type":"Point","coordinates":[NaN,-7.565]}',
    '{"type":"Point","coordinates":[1e400,-7.565]}',
    '{"type":"Point","coordinates":"\ud800"}',
    '{"type":"Point"',
    "(" * 100_000,
]


@pytest.mark.parametrize("text", NO_GEOMETRIES, ids=lambda text: ascii(text)[:40])
def test_a_geometry_that_is_none_of_ours_is_a_rejected_row(text):
    rejected = rejection(geometry=text)

    assert rejected.reason is Reason.GEOMETRY
    assert "geometri" in rejected.sentence or "geometry" in rejected.sentence


@pytest.mark.parametrize("year", ["0001", "9999", "1899"])
@pytest.mark.parametrize("form", ["{}-01-01", "{}-12-31T23:59:59", "01/01/{}"])
@pytest.mark.parametrize("field", ["created_at", "updated_at"])
def test_a_date_of_another_age_is_a_rejected_row(field, form, year):
    rejected = rejection(**{field: form.format(year)})

    assert rejected.reason is Reason.DATE


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30", "\ud800"]
)
def test_an_instant_that_no_zone_can_hold_is_a_rejected_row(text):
    assert rejection(created_at=text).reason is Reason.DATE


def test_text_after_a_date_is_no_part_of_it():
    assert rejection(created_at="2026-02-25" + " " * 40 + "palsu").reason is Reason.DATE


def test_hostile_rows_are_counted_and_the_good_one_among_them_is_kept(city):
    header = f"{HEADER},geometry,created_at"
    lines = (
        f'K1,Jalan rusak,{PROBLEM},SP01,,,"{DEEP_WKT}",',
        f'K2,Jalan rusak,{PROBLEM},SP01,,,"{NO_GEOMETRIES[2]}",',
        f"K3,Jalan rusak,{PROBLEM},SP01,{INSIDE},,0001-01-01",
        f"K4,Jalan rusak,{PROBLEM},SP01,{INSIDE},,9999-12-31T23:59:59",
        f"K5,Jalan rusak,{PROBLEM},SP01,{INSIDE},,2026-01-05",
        f"K6,\u200b\u200b\u200b\u3164,{PROBLEM},SP01,{INSIDE},,2026-01-05",
    )

    outcome = load(city, *lines, header=header)

    assert outcome.status == 0
    assert counts(outcome) == (1, 0, 0, 5)
    assert [row["_kode_alasan"] for row in rejects(city)] == [
        "GEOMETRI_TIDAK_SAH",
        "GEOMETRI_TIDAK_SAH",
        "TANGGAL_TIDAK_SAH",
        "TANGGAL_TIDAK_SAH",
        "TERLALU_PENDEK",
    ]
    assert city.rows("SELECT source_id FROM peta.usulan") == [("K5",)]


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [*NO_GEOMETRIES, "1e999", "9" * 400, "-0", "NaN", "Infinity", "٣", "1_000", "²", "\0"]
    ),
    st.sampled_from(["\ufeff", "\u202e", "\u3164", "\x1b[31m"]).map(lambda mark: mark * 4),
    st.datetimes().map(str),
    st.floats().map(str),
    st.integers().map(str),
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), HOSTILE, max_size=4))
def test_no_cell_of_any_field_ends_in_anything_but_a_draft_or_a_rejection(cells):
    try:
        found = draft(**cells)
    except RowRejected:
        return

    # What is taken can be stored: text as UTF-8 without NUL, an instant in any zone.
    values = [value for column in found.values.values() for value in column]
    texts = [value for value in values if isinstance(value, str)]
    assert not any("\0" in text for text in texts)
    assert "".join(texts).encode("utf-8") is not None
    assert found.values["created_at"][0].astimezone(UTC).year >= 1900


@pytest.mark.parametrize(
    "content",
    [
        (",".join(f"k{number}" for number in range(10_000)) + "\n").encode(),
        b"title,title\nx,y\n",
        b"title,Title\nx,y\n",
        b"title,problem\nJalan\0rusak,y\n",
        b'title,problem\n"Jalan,y\n' * 3,
        b'title,problem\n"' + b"x" * 1_000_000 + b'",y\n',
        b"title\n" + b"\xed\xa0\x80\n",
        b"\xff\xfe" + "title\nx\n".encode("utf-16-le")[:-1],
        b"\xff\xfe\x00\xd8" + "title\nx\n".encode("utf-16-le"),
        b"title\rx\ry\r",
        b"\xef\xbb\xbf\xef\xbb\xbftitle\nx\n",
        b"title\n\xef\xbb\xbfx\n",
        b"\x00\x00\xfe\xff",
        b"\n\n\n",
        b",,,\n1,2,3,4\n",
    ],
)
def test_no_table_ends_in_anything_but_rows_or_a_refusal(tmp_path, content):
    path = tmp_path / "daftar.csv"
    path.write_bytes(content)

    try:
        with opened_list(path) as source:
            blocks = list(source.read_blocks())
    except ListRefused:
        return

    for column in (column for block in blocks for column in block.rows.columns):
        "".join(filter(None, column)).encode("utf-8")  # a lone surrogate would raise here


@pytest.mark.parametrize("header", ["title,Title", "title,ti\ufefftle", "title,title "])
def test_columns_that_read_the_same_are_refused(tmp_path, header):
    path = tmp_path / "daftar.csv"
    path.write_text(f"{header}\nJalan rusak,Jalan lain\n", encoding="utf-8")

    with pytest.raises(ListRefused, match="lebih dari sekali"), opened_list(path):
        pass


def test_a_mark_of_byte_order_between_joined_files_is_no_part_of_a_name(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbftitle,\xef\xbb\xbfproblem\nx,y\n")

    with opened_list(path) as source:
        assert source.columns == ("title", "problem")


@pytest.mark.parametrize("text", ["٣", "۳", "\uff13"])
def test_digits_of_another_script_are_a_rejected_row(text):
    assert rejection(severity=text).reason is Reason.NUMBER


def test_a_geometry_with_a_name_twice_is_a_rejected_row():
    text = '{"type":"Point","coordinates":[110.8,-7.5],"coordinates":[110.9,-7.6]}'

    rejected = rejection(geometry=text)

    assert rejected.reason is Reason.GEOMETRY
    assert "coordinates" in rejected.sentence


@pytest.mark.parametrize(
    ("content", "told"),
    [("[columns]\na=?", "bukan TOML yang sah (baris 2"), (None, "bukan berkas biasa")],
)
def test_a_mapping_beside_the_list_that_cannot_be_read_is_named_in_indonesian(city, content, told):
    path = city.file("daftar.csv", "title,problem,category\n")
    beside = path.with_name("daftar.csv.toml")
    if content is None:
        os.mkfifo(beside)
    else:
        beside.write_text(content)

    outcome = city.peta("usulan", "load", path, "--city", "33.72")

    assert outcome.status == 1
    assert told in outcome.stderr
    assert "line" not in outcome.stderr
