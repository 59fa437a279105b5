"""Addresses of categories and usulan."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.responses import Response

from app.dependencies import (
    MOST_CODE,
    CityCode,
    Language,
    Now,
    PublicSession,
    ReadBefore,
    Secret,
    Settings,
)
from app.errors import InvalidFields
from app.language import preferred_language
from app.responses import found, problems
from app.standby import StandbyRoute, with_moment
from app.usulan.categories import category_list
from app.usulan.filters import Filters, read_filters
from app.usulan.listing import (
    Asked,
    Places,
    Reader,
    describe_history,
    describe_usulan,
    read_list,
)
from app.usulan.schemas import Categories, History, ListQuery, UsulanPage, UsulanRead
from app.web.answers import chosen_base, geojson_answer, json_answer

router = APIRouter(prefix="/api/v1", tags=["usulan"])
standing_by = APIRouter(route_class=StandbyRoute)


class PromptRoute(APIRoute):
    """A list as the framework describes it, but whose parameters are read at once.

    To solve what the function depends on takes the framework as long as the list takes. Whatever
    is wrong with the parameters, the framework finds and names.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        solved = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                filters = read_filters(request.query_params)
                query = ListQuery.model_validate(dict(request.query_params))
            except (InvalidFields, ValidationError):
                return await solved(request)
            state, language = request.app.state, request.headers.get("Accept-Language")
            code = request.query_params.get("city") or state.settings.default_city
            if len(code) > MOST_CODE:
                return await solved(request)
            found: Response = await self.endpoint(
                asked=await _asked(code, filters),
                query=query,
                reader=await _reader(
                    request, preferred_language(language), state.secret, state.settings
                ),
                places=await _places(request),
            )
            return found

        return answer


lists = APIRouter(prefix="/api/v1", tags=["usulan"], route_class=PromptRoute)


async def _places(request: Request) -> Places:
    state = request.app.state
    return Places(state.database, state.shelf, state.ahead)


async def _asked(code: CityCode, filters: Annotated[Filters, Query()]) -> Asked:
    return Asked(code, filters)


async def _reader(
    request: Request, language: Language, secret: Secret, settings: Settings
) -> Reader:
    return Reader(language, chosen_base(request, settings), secret)


@standing_by.get("/categories", responses=found(Categories) | problems())
async def list_categories(
    request: Request,
    connection: PublicSession,
    read_before: ReadBefore,
    language: Language,
    now: Now,
) -> Response:
    read = partial(category_list, connection, language)
    kept = await read_before.of(("categories", language), read, now=now)
    return with_moment(request, json_answer({"categories": kept.content}), kept.read_at)


router.include_router(standing_by)


@lists.get("/usulan", responses=found(UsulanPage, "application/geo+json") | problems(404, 422))
async def list_usulan(
    asked: Annotated[Asked, Depends(_asked)],
    query: Annotated[ListQuery, Query()],
    reader: Annotated[Reader, Depends(_reader)],
    places: Annotated[Places, Depends(_places)],
) -> Response:
    """One page of the filtered set, with the number in the whole set."""
    return geojson_answer(await read_list(places, asked, query, reader))


@router.get(
    "/usulan/{number}", responses=found(UsulanRead, "application/geo+json") | problems(404, 422)
)
async def get_usulan(connection: PublicSession, number: str, language: Language) -> Response:
    return geojson_answer(await describe_usulan(connection, number, language))


@router.get("/usulan/{number}/history", responses=found(History) | problems(404, 422))
async def get_history(connection: PublicSession, number: str) -> Response:
    return json_answer(await describe_history(connection, number))
