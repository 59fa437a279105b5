"""Sentences in which officers say why they do what they do."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.errors import FieldError, ReasonMissing
from app.field_words import field_code, field_words
from app.text import ForbiddenCharacters, tidy_text, visible_length

SHORTEST_REASON, LONGEST_REASON = 10, 500


def tidied(value: object) -> object:
    """Words without what nobody sees; a validator's refusal for control characters."""
    if not isinstance(value, str):
        return value
    try:
        return tidy_text(value)
    except ForbiddenCharacters as error:
        raise PydanticCustomError("forbidden_characters", "control characters") from error


def none_if_empty(value: str | None) -> str | None:
    """What holds no words says nothing."""
    return value or None


Sentence = Annotated[
    str | None,
    Field(max_length=LONGEST_REASON),
    AfterValidator(none_if_empty),
    BeforeValidator(tidied),
]

TOO_SHORT = FieldError(
    "/reason",
    field_code("string_too_short"),
    field_words("string_too_short", {"min_length": SHORTEST_REASON}),
)


def require_sentence(sentence: str | None) -> str:
    """The sentence that says why; without one ReasonMissing."""
    if sentence is None or is_too_short(sentence):
        raise ReasonMissing(errors=[TOO_SHORT])
    return sentence


def is_too_short(sentence: str | None) -> bool:
    """Whether it says too little to be a reason."""
    return visible_length(sentence or "") < SHORTEST_REASON
