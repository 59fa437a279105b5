"""What is kept of lists: bounded, and only for the state that it was told of."""

from datetime import UTC, datetime

from app.resident.tellings import BESIDE_BYTES, Tellings, Told

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOW, OTHER = ("id", "Asia/Jakarta"), ("en", "Asia/Jakarta")


def told(number: int, *, size: int = 100) -> Told:
    return Told(f"99.71-2026-{number:06}", NOW, NOW, number, None, b"x" * size)


def test_what_was_kept_is_found_in_its_own_language_alone():
    tellings = Tellings()
    tellings.keep(HOW, 1, told(1))

    assert tellings.find(HOW, [2, 1]) == [None, told(1)]
    assert tellings.find(OTHER, [1]) == [None]


def test_what_changed_is_gone_in_every_language_and_nothing_else():
    tellings = Tellings()
    for how in (HOW, OTHER):
        for number in (1, 2):
            tellings.keep(how, number, told(number))

    later = tellings.after([2, 3])

    for how in (HOW, OTHER):
        assert later.find(how, [1, 2]) == [told(1), None]


def test_a_reader_of_an_earlier_state_finds_nothing_and_leaves_nothing():
    tellings = Tellings()
    tellings.keep(HOW, 1, told(1))
    later = tellings.after([2])

    tellings.keep(HOW, 2, told(2))

    assert tellings.find(HOW, [1, 2]) == [None, None]
    assert later.find(HOW, [1, 2]) == [told(1), None]


def test_another_state_after_the_same_one_begins_with_nothing():
    tellings = Tellings()
    tellings.keep(HOW, 1, told(1))
    tellings.after([])

    beside = tellings.after([])

    assert beside.find(HOW, [1]) == [None]


def test_those_that_nobody_asked_for_lately_give_way():
    tellings = Tellings(most_bytes=3 * (100 + BESIDE_BYTES))
    for number in (1, 2, 3):
        tellings.keep(HOW, number, told(number))
    tellings.find(HOW, [1])

    tellings.keep(HOW, 4, told(4))

    assert tellings.find(HOW, [1, 2, 3, 4]) == [told(1), None, told(3), told(4)]
    assert tellings.used_bytes == 3 * (100 + BESIDE_BYTES)


def test_one_that_is_kept_again_takes_its_room_once():
    tellings = Tellings()
    tellings.keep(HOW, 1, told(1))

    tellings.keep(HOW, 1, told(1, size=50))

    assert len(tellings) == 1
    assert tellings.used_bytes == 50 + BESIDE_BYTES
