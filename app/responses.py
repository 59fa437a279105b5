"""How the OpenAPI document describes refusals, so that every answer a route may give is in it."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


class FieldProblem(BaseModel):
    field: str
    code: str
    detail: str


class Problem(BaseModel):
    """RFC 9457; some codes add members, such as `nearest` or `allowed`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] | None = None


Responses = dict[int | str, dict[str, Any]]

_DESCRIPTIONS: Mapping[int, str] = {
    400: "The body is not JSON, or a header or parameter that may be said once is said twice",
    401: "Nobody is signed in, or not with this",
    403: "Whoever asks may not do this, or asks from another site",
    404: "There is no such thing",
    405: "The address does not take this method",
    408: "The request did not arrive in time",
    409: "In conflict with what is stored, or outside the city",
    413: "The request is too large",
    415: "The body is of a kind that is not understood",
    422: "A field, parameter or geometry is wrong by itself",
    429: "Tried too often; see Retry-After",
    503: "The database is away, locked or slow; see Retry-After",
    507: "There is no room for the file",
}


def problems(*statuses: int) -> Responses:
    """Refusals of a route by status; what any route may answer is always among them."""
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status in dict.fromkeys((400, *statuses, 405, 408, 413, 503))
    }


def found(
    model: type[BaseModel], media_type: str = "application/json", *, status: int = 200
) -> Responses:
    """The answer of a route that builds its bytes itself."""
    return {status: {"model": model, "content": {media_type: {}}}}


def found_or_table(model: type[BaseModel]) -> Responses:
    """The same, where `format=csv` gets a table."""
    return {200: {"model": model, "content": {"text/csv": {"schema": {"type": "string"}}}}}
