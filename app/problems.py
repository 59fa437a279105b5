"""Refusals as answers: RFC 9457 problem documents, also for what the framework itself refuses."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.addresses import allowed_methods
from app.database import is_busy, is_full
from app.errors import (
    REFUSALS,
    Busy,
    Conflict,
    DatabaseFull,
    DomainError,
    FieldError,
    InvalidFields,
    InvalidJson,
    MethodNotAllowed,
    NotFound,
    NotPermitted,
    NotSignedIn,
    TooLarge,
    TooOften,
    Unforeseen,
    WrongContentType,
)
from app.field_words import field_code, field_words
from app.language import Language, preferred_language

RETRY_AFTER_S = 2
RETRY_WHEN_FULL_S = 60
MOST_FIELD_ERRORS = 50
_BY_STATUS: Mapping[int, type[DomainError]] = {
    400: InvalidJson,
    401: NotSignedIn,
    403: NotPermitted,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    413: TooLarge,
    415: WrongContentType,
    429: TooOften,
}
# A lone half of a surrogate pair is well-formed JSON text that no string can hold.
_SURROGATE = re.compile("surrogate|unexpected end of hex escape")


def problem_response(error: DomainError, language: Language) -> Response:
    """The answer to a refusal in the language of whoever asked."""
    refusal = REFUSALS[type(error)]
    document = {
        "type": "urn:peta-usulan:problem:" + refusal.code.lower().replace("_", "-"),
        "title": refusal.title.in_language(language),
        "status": refusal.status,
        "detail": refusal.detail.in_language(language).format_map(error.facts),
        "code": refusal.code,
        **_field_members(error, language),
        **error.members,
    }
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    if isinstance(error, Busy | TooOften):
        headers["Retry-After"] = str(error.facts.get("seconds", RETRY_AFTER_S))
    return Response(
        orjson.dumps(document), refusal.status, headers, media_type="application/problem+json"
    )


def _field_members(error: DomainError, language: Language) -> dict[str, Any]:
    if not error.errors:
        return {}
    return {
        "errors": [
            {"field": one.field, "code": one.code, "detail": one.detail.in_language(language)}
            for one in error.errors[:MOST_FIELD_ERRORS]
        ]
    }


def refusal_of(error: Exception) -> DomainError:
    """The refusal that any exception amounts to; what nobody foresaw is our own mistake."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, RequestValidationError):
        return _validation_refusal(error.errors())
    if isinstance(error, HTTPException):
        return _framework_refusal(error)
    if is_full(error):
        return DatabaseFull(facts={"seconds": RETRY_WHEN_FULL_S})
    return Busy() if is_busy(error) else Unforeseen()


def invalid_parameters(error: ValidationError) -> InvalidFields:
    """The refusal of parameters that were validated outside a route."""
    return InvalidFields(
        errors=[_field_error(one, ("query", *one["loc"])) for one in error.errors()]
    )


def _validation_refusal(found: Iterable[Mapping[str, Any]]) -> DomainError:
    errors = list(found)
    unreadable = next((one for one in errors if one["type"] == "json_invalid"), None)
    if unreadable is None:
        return InvalidFields(errors=[_field_error(one, one["loc"]) for one in errors])
    if _SURROGATE.search(str(unreadable.get("ctx", {}).get("error", ""))):
        broken = {"type": "string_unicode"}
        return InvalidFields(errors=[_field_error(broken, ("body",))])
    return InvalidJson()


def _field_error(found: Mapping[str, Any], location: Iterable[Any]) -> FieldError:
    kind, context = str(found["type"]), found.get("ctx", {})
    return FieldError(_pointer(tuple(location)), field_code(kind), field_words(kind, context))


def _pointer(location: tuple[Any, ...]) -> str:
    """JSON pointer into a body (RFC 6901); of a parameter its name."""
    source, *steps = location
    if source != "body":
        return str(steps[0]) if steps else str(source)
    escaped = (str(step).replace("~", "~0").replace("/", "~1")[:100] for step in steps)
    return "".join(f"/{step}" for step in escaped)


def _framework_refusal(error: HTTPException) -> DomainError:
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        return Busy() if error.status_code == HTTPStatus.SERVICE_UNAVAILABLE else Unforeseen()
    return kind(facts={"limit": "-"})


async def answer_refusal(request: Request, error: Exception) -> Response:
    """Exception handler for all that is foreseen."""
    language = preferred_language(request.headers.get("Accept-Language"))
    response = problem_response(refusal_of(error), language)
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(allowed_methods(request))
        response.headers["Allow"] = allowed or response.headers.get("Allow", "")
    return response


HANDLERS: Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    DomainError: answer_refusal,
    RequestValidationError: answer_refusal,
    HTTPException: answer_refusal,
    TimeoutError: answer_refusal,
}
