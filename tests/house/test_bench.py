"""The benchmark keeps what it has measured, and says plainly what missed its bar."""

import threading

from bench.client import NotAnswered
from bench.drawn import counted_features
from bench.runner import Kept, Row, at_most, run_groups, table


def test_a_group_that_fails_stops_no_other_and_alone_is_measured_again(tmp_path):
    kept, asked = Kept(tmp_path / "rows.json"), []

    def group(name, *, fails=False):
        def measure():
            asked.append(name)
            if fails:
                raise NotAnswered("broken off")
            return [Row(name, score=2.0, bar=1.0)]

        return {name: measure}

    failed = run_groups([group("a"), group("b", fails=True), group("c")], kept)
    again = run_groups([group("a"), group("b"), group("c")], kept)

    assert (failed, again) == ({"b": "NotAnswered: broken off"}, {})
    assert asked == ["a", "b", "c", "b"]
    assert set(kept.read()) == {"a", "b", "c"}
    assert "broken off" in table({}, failed)


def test_groups_of_one_turn_are_measured_side_by_side_and_kept_each(tmp_path):
    kept, meeting = Kept(tmp_path / "rows.json"), threading.Barrier(2, timeout=30)

    def group(name):
        def measure():
            meeting.wait()
            return [Row(name, score=2.0, bar=1.0)]

        return measure

    failed = run_groups([{"a": group("a"), "b": group("b")}], kept)

    assert failed == {}
    assert {name: done["rows"][0]["what"] for name, done in kept.read().items()} == {
        "a": "a",
        "b": "b",
    }


def test_the_table_says_met_or_missed_by_the_side_of_the_bar_that_counts(tmp_path):
    kept = Kept(tmp_path / "rows.json")
    rows = [
        Row("quick", "peer", "1 ms", "9 ms", 9.0, 9.0),
        Row("slow", "peer", "1 ms", "8 ms", 8.9, 9.0),
        at_most("small", "5 MB", 5.0, 5.0),
        at_most("large", "6 MB", 6.0, 5.0, "why it is large"),
        Row("left out", "peer", note="no such peer here"),
    ]
    kept.add("group", rows, load=1.23, seconds=4)

    lines = table(kept.read()).splitlines()

    verdicts = [line.split("|")[-3].strip() for line in lines[2:7]]
    assert verdicts == ["met", "**MISSED**", "met", "**MISSED**", "not measured"]
    assert lines[-2:] == ["1. why it is large", "2. no such peer here"]


def test_features_of_a_tile_are_counted_without_decoding_it():
    # A layer with two features and a version, then a layer with one.
    two = bytes.fromhex("1202180112007802")
    one = bytes.fromhex("1200")
    body = b"\x1a" + bytes([len(two)]) + two + b"\x1a" + bytes([len(one)]) + one

    assert counted_features(body) == 3
