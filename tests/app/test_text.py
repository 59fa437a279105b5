"""Text as people send it: what is kept, what is dropped, what counts."""

import pytest

from app.text import ForbiddenCharacters, tidy_line, tidy_text, visible_length
from tests.quickness import soon_over

UNSEEN = [
    "\u00ad",
    "\u034f",
    "\u115f",
    "\u1160",
    "\u17b4",
    "\u17b5",
    "\u180b",
    "\u180e",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\u2064",
    "\u206a",
    "\u2800",
    "\u3164",
    "\ufe0f",
    "\ufeff",
    "\uffa0",
    "\ufff9",
    "\U0001bca0",
    "\U0001d173",
    "\U000e0001",
    "\U000e0041",
    "\U000e0100",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_a_text_in_which_nothing_is_seen_is_empty(unseen):
    assert tidy_line(unseen * 30) == tidy_text(f" {unseen}\n{unseen} ") == ""


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_is_not_seen_adds_nothing_to_a_length(unseen):
    assert visible_length(tidy_line("a" + unseen * 30)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🌾 petani",
        "☕\ufe0f warung",
        "ꦗꦭꦤ꧀",
        "क्\u200dष",
        "🏴\U000e0067\U000e007f",
        "🫨 gempa",
    ],
)
def test_what_joins_letters_to_one_another_is_kept(text):
    assert tidy_line(text) == text


def test_line_breaks_in_a_row_count_once():
    assert visible_length(tidy_text("a\n\n\n\n\nb")) == 3


def test_accents_without_letters_count_for_nothing():
    assert visible_length(tidy_line("e\u0300\u0301\u0302")) == 1


def test_a_soft_hyphen_and_a_blank_of_no_width_leave_the_word_whole():
    assert tidy_line("Ja\u00adlan\u200b rusak\ufeff") == "Jalan rusak"


def test_marks_that_turn_the_direction_are_dropped():
    assert tidy_line("Jalan \u202eexe.\u202cjpg \u2067rusak\u2069") == "Jalan exe.jpg rusak"


@pytest.mark.parametrize("text", ["a\0b", "\x1b[31m", "\ud800", "\ufffe", "\ue000", "\U0010ffff"])
def test_what_is_no_character_is_refused(text):
    with pytest.raises(ForbiddenCharacters):
        tidy_text(text)


@pytest.mark.parametrize("letter", ["\u200b", "\u3164", "\u0301", " ", "\t\n", "\u200d"])
def test_half_a_million_of_anything_is_tidied_soon(letter):
    with soon_over(within_s=3):
        tidy_text("a" + letter * 250_000 + "b")
