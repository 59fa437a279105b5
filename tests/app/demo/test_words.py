"""The words of the demo: enough of them, and each goes with something."""

import re
from itertools import count

import pytest

from app.demo.phrasebook import GROUPS, read_phrasebook, read_phrases
from app.demo.templates import as_sentences, compile_template, fill
from app.demo.traits import read_traits

CATEGORIES = [code for group in GROUPS for code in read_phrases(group)]


@pytest.mark.parametrize("code", CATEGORIES)
def test_a_category_has_at_least_eight_titles_and_eight_problems(code):
    words = read_phrasebook().categories[code]

    assert len(words.titles.phrases) >= 8
    assert len(words.problems.phrases) >= 8


@pytest.mark.parametrize("code", CATEGORIES)
def test_every_title_goes_with_some_problem_and_every_problem_with_some_title(code):
    words = read_phrasebook().categories[code]

    assert [
        title for title in words.titles.phrases if not words.problems.fitting(title.about)
    ] == []
    assert [tale for tale in words.problems.phrases if not words.titles.fitting(tale.about)] == []


def test_every_category_has_words_and_traits():
    assert sorted(CATEGORIES) == [trait.code for trait in read_traits()]
    assert len(CATEGORIES) == 40


def test_no_word_looks_like_a_telephone_number():
    files = [*GROUPS, "common", "journey"]

    assert [name for name in files if re.search(r"\d{5,}|\+62", str(read_phrases(name)))] == []


def test_a_hole_is_filled_with_what_is_known():
    template = compile_template("Lampu {jalan} mati", {})

    assert fill(template, {"jalan": "Jl. Soka"}, count()) == "Lampu Jl. Soka mati"


def test_a_text_does_not_change_its_mind():
    slots = {"sejak": ["sejak lebaran", "sejak tahun lalu"], "dekat": ["dekat {patokan}"]}
    template = compile_template("{sejak} {dekat}, {sejak}", slots)

    text = fill(template, {"patokan": "pasar"}, count())

    assert text == "sejak lebaran dekat pasar, sejak lebaran"


def test_a_hole_that_nothing_fills_is_refused_when_read():
    with pytest.raises(KeyError):
        compile_template("Lampu {entah}", {})


def test_every_sentence_starts_with_a_capital():
    assert as_sentences("got mampet. air naik ke jalan.") == "Got mampet. Air naik ke jalan."
