"""What a route depends on is asked for where it stands, never in a thread of its own."""

from collections.abc import Callable, Iterator
from inspect import isasyncgenfunction, iscoroutinefunction
from pathlib import Path
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant

from app.cluster.urls import embedded_urls
from app.main import create_app
from app.settings import Settings


@pytest.fixture
def routes(tmp_path: Path) -> list[Any]:
    settings = Settings(_env_file=None, state_dir=tmp_path, secret_key="for tests only")
    return create_app(settings, embedded_urls(tmp_path, "peta")).routes


def dependants(routes: list[Any]) -> Iterator[Dependant]:
    for route in routes:
        if hasattr(route, "dependant"):
            yield route.dependant
        elif hasattr(route, "original_router"):
            yield from dependants(route.original_router.routes)


def calls(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    if dependant.call is not None:
        yield dependant.call
    for other in dependant.dependencies:
        yield from calls(other)


def test_routes_and_all_they_depend_on_are_coroutines(routes):
    # A plain function is called in a thread, which takes longer than most of them do.
    found = {call for dependant in dependants(routes) for call in calls(dependant)}

    assert len(found) > 20
    plain = {
        call.__qualname__
        for call in found
        if not (iscoroutinefunction(call) or isasyncgenfunction(call))
    }
    assert plain == set()
