"""Whoever can stand in a history has a name there that people understand."""

import re

import pytest

from app.accounts.permissions import ROLES
from tests.house.source import ROOT

WORDS = ROOT / "frontend" / "src" / "i18n"


@pytest.mark.parametrize("screen", ["steps", "kerja"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_role_is_named_in_the_histories(screen, language):
    text = (WORDS / screen / f"{language}.ts").read_text("utf-8")
    [table] = re.findall(r"actors: \{(.*?)\n  \}", text, re.DOTALL)

    named = set(re.findall(r"^    (\w+):", table, re.MULTILINE))

    assert {*ROLES, "warga", "sistem"} - named == set()
