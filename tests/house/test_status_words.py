"""A status is called the same in a letter and on every page, and letters have names there."""

import re

import pytest

from app.notices.words import (
    INVITATION,
    PROGRESS,
    QUESTION,
    RESET,
    ROLE_ENDED,
    ROLE_GIVEN,
    STATUSES,
)
from app.usulan.workflow import MOVES
from tests.house.source import ROOT


@pytest.mark.parametrize("language", ["id", "en"])
def test_letters_and_pages_call_a_status_by_the_same_words(language):
    text = (ROOT / "frontend" / "src" / "i18n" / f"{language}.ts").read_text("utf-8")
    [table] = re.findall(r"^  statuses: \{(.*?)^  \}", text, re.DOTALL | re.MULTILINE)
    on_pages = dict(re.findall(r'^    (\w+): "(.*)",$', table, re.MULTILINE))

    assert on_pages == {name: words.in_language(language) for name, words in STATUSES.items()}
    assert set(on_pages) == set(MOVES)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_letter_has_a_name_where_administrators_look_for_it(language):
    text = (ROOT / "frontend" / "src" / "i18n" / "akun" / f"{language}.ts").read_text("utf-8")
    [table] = re.findall(r"^  letterKinds: \{(.*?)^  \}", text, re.DOTALL | re.MULTILINE)

    kinds = {PROGRESS, QUESTION, INVITATION, RESET, ROLE_GIVEN, ROLE_ENDED}
    assert set(re.findall(r"^    (\w+):", table, re.MULTILINE)) == kinds
