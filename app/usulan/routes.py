"""Addresses of categories and usulan."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.dependencies import Language, Now, PublicSession, ReadBefore, Secret, Settings
from app.responses import found, problems
from app.standby import StandbyRoute, with_moment
from app.usulan.categories import category_list
from app.usulan.listing import Reader, describe_history, describe_usulan, list_page
from app.usulan.schemas import Categories, History, ListQuery, UsulanPage, UsulanRead
from app.usulan.selection import Selection
from app.web.answers import chosen_base, geojson_answer, json_answer

router = APIRouter(prefix="/api/v1", tags=["usulan"])
standing_by = APIRouter(route_class=StandbyRoute)


def _reader(request: Request, language: Language, secret: Secret, settings: Settings) -> Reader:
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


@router.get("/usulan", responses=found(UsulanPage, "application/geo+json") | problems(404, 422))
async def list_usulan(
    connection: PublicSession,
    chosen: Selection,
    query: Annotated[ListQuery, Query()],
    reader: Annotated[Reader, Depends(_reader)],
) -> Response:
    """One page of the filtered set, with the number in the whole set."""
    return geojson_answer(await list_page(connection, chosen, query, reader))


@router.get(
    "/usulan/{number}", responses=found(UsulanRead, "application/geo+json") | problems(404, 422)
)
async def get_usulan(connection: PublicSession, number: str, language: Language) -> Response:
    return geojson_answer(await describe_usulan(connection, number, language))


@router.get("/usulan/{number}/history", responses=found(History) | problems(404, 422))
async def get_history(connection: PublicSession, number: str) -> Response:
    return json_answer(await describe_history(connection, number))
