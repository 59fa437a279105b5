"""The OpenAPI document: the problem schema, and parameters that are lists as people write them."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from app.heat.openapi import HEAT_OPERATIONS, heat_paths
from app.operation_words import INTRODUCTION, OPERATIONS
from app.responses import Problem
from app.tiles.openapi import tile_paths

ALL_OPERATIONS = {**OPERATIONS, **HEAT_OPERATIONS}
_METHODS = ("get", "post", "put", "patch", "delete")


def describe(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Let the application answer with the completed document, made at the first request."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(app, routes)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def _completed(app: FastAPI, routes: Sequence[BaseRoute]) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=INTRODUCTION, routes=routes
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    _, problem = models_json_schema(
        [(Problem, "validation")], ref_template="#/components/schemas/{model}"
    )
    schemas.update(problem["$defs"])
    document["paths"].update({**tile_paths(), **heat_paths()})
    _put_in_words(document)
    for operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            if _is_list(parameter["schema"]):
                # `category=SP01,SP02`; repeating the parameter is understood as well.
                parameter |= {"style": "form", "explode": False}
        _drop_plain_json(operation)
    return document


def _put_in_words(document: dict[str, Any]) -> None:
    for (method, path), words in ALL_OPERATIONS.items():
        operation = document["paths"][path][method]
        operation |= {"summary": words.summary, "description": words.described()}


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from (path[method] for method in _METHODS if method in path)


def _is_list(schema: dict[str, Any]) -> bool:
    return "array" in {schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))}


def _drop_plain_json(operation: dict[str, Any]) -> None:
    """Where the model of an answer has a kind of its own, it is not plain JSON as well."""
    for response in operation["responses"].values():
        content = response.get("content", {})
        own = [kind for kind, told in content.items() if not told]
        if own and "application/json" in content:
            schema = content.pop("application/json")
            for kind in own:
                content[kind] = {**schema, **content[kind]}
