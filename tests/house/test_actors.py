"""Whoever can stand in a history has a name there that people understand."""

import re

import pytest

from app.accounts.permissions import ROLES
from app.lists.steps import CHANGED, FROM_FILE
from app.loads.undoing import WITHDRAWAL_OF_LOAD
from app.moderation import steps
from app.usulan.workflow import REPLACING, SUBMISSION
from tests.house.source import ROOT

WORDS = ROOT / "frontend" / "src" / "i18n"


@pytest.mark.parametrize("screen", ["steps", "kerja"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_role_is_named_in_the_histories(screen, language):
    text = (WORDS / screen / f"{language}.ts").read_text("utf-8")
    [table] = re.findall(r"actors: \{(.*?)\n  \}", text, re.DOTALL)

    named = set(re.findall(r"^    (\w+):", table, re.MULTILINE))

    assert {*ROLES, "warga", "sistem"} - named == set()


@pytest.mark.parametrize("screen", ["steps", "lacak"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_step_is_named_in_the_histories(screen, language):
    text = (WORDS / screen / f"{language}.ts").read_text("utf-8")
    [table] = re.findall(r"kinds: \{(.*?)\n  \}", text, re.DOTALL)
    kinds = {value for name, value in vars(steps).items() if name.isupper() and type(value) is str}

    named = set(re.findall(r"^    (\w+):", table, re.MULTILINE))

    kinds |= {SUBMISSION, REPLACING, FROM_FILE, CHANGED, WITHDRAWAL_OF_LOAD}
    # A move is told by the status that it leads to.
    assert kinds - named <= {steps.STATUS_CHANGE}
