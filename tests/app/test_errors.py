"""Every refusal has its row in the one table, in both languages."""

import inspect
import re

from app import errors
from app.errors import REFUSALS, DomainError
from app.problems import problem_response


def refusals() -> list[type[DomainError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, DomainError) and kind is not DomainError
    ]


def test_every_refusal_has_a_status_and_a_code():
    assert set(refusals()) == set(REFUSALS)


def test_codes_are_unique_and_speak_indonesian_capitals():
    codes = [refusal.code for refusal in REFUSALS.values()]

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z_]+", code) for code in codes)


def test_every_refusal_is_put_in_words_of_both_languages():
    for kind, refusal in REFUSALS.items():
        facts = dict.fromkeys(re.findall(r"\{(\w+)\}", refusal.detail.id), "x")
        answers = [problem_response(kind(facts=facts), language).body for language in ("id", "en")]
        assert answers[0] != answers[1]


def test_waiting_refusals_say_for_how_long():
    for kind in (errors.Busy, errors.TooOften):
        assert int(problem_response(kind(), "id").headers["Retry-After"]) > 0
