"""Names that a JSON object holds twice are found, and nothing else is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.json_names import RepeatedName, find_repeated_name
from tests.quickness import soon_over


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        (b'{"a":1,"a":2}', "a", 1),
        (b'{"a":1,"a":1}', "a", 1),
        (b'{"a":1,\n"b":{"c":1,\n "c" :2}}', "c", 3),
        (b'[{"a":1},{"a":[{}],"a":2}]', "a", 1),
        (b'{"kode":1,"k\\u006fde":2}', "kode", 1),
        (b'{"":1,"":2}', "", 1),
        ('{"ŝ":1,"ŝ":2}'.encode(), "ŝ", 1),
    ],
)
def test_a_name_that_stands_twice_is_found_with_its_line(content, name, line):
    assert find_repeated_name(content) == RepeatedName(name, line)


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":{"a":{"a":1}},"b":{"a":1}}',
        b'[{"a":1},{"a":1}]',
        b'{"a":"a","b":"a"}',
        b'{"a":["a","a","b:","{","}"],"b":"\\"a\\":"}',
        b'{"a":"\\\\","b":"\\\\\\"a\\":1"}',
        b'{"a\\n":1,"an":1}',
        b"{}",
        b"",
    ],
)
def test_names_that_differ_or_stand_apart_are_no_repetition(content):
    assert find_repeated_name(content) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_what_was_written_from_mappings_has_no_name_twice(value, ascii_only, indent):
    content = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert find_repeated_name(content.encode("utf-8", "surrogatepass")) is None


@given(st.binary(max_size=200))
def test_what_is_no_json_ends_all_the_same(content):
    found = find_repeated_name(content)

    assert found is None or found.line >= 1


@pytest.mark.parametrize(
    "content",
    [
        b'"' + b'\\"' * 500_000,
        b'"' * 1_000_000,
        b"{" * 1_000_000,
        b'{"a"' + b" " * 1_000_000,
        b'{"a' + b"\\" * 999_999,
        b"{}" * 500_000,
    ],
    ids=["escaped quotes", "quotes", "braces", "blanks", "backslashes", "empty objects"],
)
def test_a_megabyte_made_to_be_slow_takes_no_longer_than_any_other(content):
    with soon_over(within_s=5):  # 0.3 s mostly
        find_repeated_name(content)
