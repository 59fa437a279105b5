"""Addresses of signing in and out."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.accounts import keys, saved, service
from app.accounts.cookies import drop, held_key, held_token, hold, require_own_page
from app.accounts.fields import FIELDS
from app.accounts.permissions import ROLES
from app.accounts.schemas import (
    Address,
    Credentials,
    Fields,
    Me,
    NewFilter,
    NewPassword,
    PasswordChange,
    Roles,
    SavedFilters,
    SignIns,
)
from app.accounts.service import Asking, Door, SignedIn
from app.dependencies import (
    Connections,
    Language,
    ReadSession,
    Secret,
    Settings,
    WriteSession,
)
from app.errors import NotPermitted, NotSignedIn
from app.language import Language as LanguageName
from app.responses import found, problems
from app.web.answers import json_answer
from app.web.bodies import StrictJsonRoute

router = APIRouter(prefix="/api/v1", tags=["session"], route_class=StrictJsonRoute)

UNKEPT = {"Cache-Control": "no-store"}


async def _asking(request: Request, secret: Secret) -> Asking:
    require_own_page(request)
    return Asking(
        address=request.client.host if request.client else "",
        browser=request.headers.get("User-Agent", ""),
        now=datetime.now(UTC),
        secret=secret,
        held=held_token(request),
    )


async def _signed_in(request: Request, database: Connections) -> SignedIn:
    key = held_key(request)
    if key is not None:
        # No browser adds it by itself, so no other site can make one send it.
        return await keys.find_key_holder(database, key, datetime.now(UTC))
    require_own_page(request)
    token = held_token(request)
    if token is None:
        raise NotSignedIn
    return await service.find_signed_in(database, token, datetime.now(UTC))


async def _door(request: Request, database: Connections) -> Door:
    return Door(database, request.app.state.passwords)


Officer = Annotated[SignedIn, Depends(_signed_in)]
"""Whoever is signed in, or acts by a key."""


async def _in_person(who: Officer) -> SignedIn:
    if who.is_program:
        raise NotPermitted
    return who


Person = Annotated[SignedIn, Depends(_in_person)]
"""Whoever is signed in himself: no key ends a sign-in, makes a key or reads the account."""
Attempted = Annotated[Asking, Depends(_asking)]
Open = Annotated[Door, Depends(_door)]


@router.post("/session", responses=found(Me) | problems(401, 403, 415, 422, 429))
async def open_session(
    credentials: Credentials,
    asking: Attempted,
    door: Open,
    settings: Settings,
    language: Language,
) -> Response:
    """Sign in; the answer's cookie stands for whoever did."""
    email, password = credentials.email, credentials.password
    who, token = await service.sign_in(door, email=email, password=password, asking=asking)
    answer = json_answer(_told(who, language), headers=UNKEPT)
    hold(answer, token.told, settings)
    return answer


@router.get("/session", responses=found(Me) | problems(401, 403))
async def get_session(who: Person, language: Language) -> Response:
    """Who is signed in, and the roles that hold today."""
    return json_answer(_told(who, language), headers=UNKEPT)


@router.delete("/session", status_code=204, responses=problems(403))
async def close_session(asking: Attempted, database: Connections, settings: Settings) -> Response:
    """Sign out; without a sign-in nothing happens."""
    if asking.held is not None:
        await service.sign_out(database, asking.held)
    answer = Response(status_code=204, headers=UNKEPT)
    drop(answer, settings)
    return answer


@router.get("/sessions", responses=found(SignIns) | problems(401, 403))
async def list_sessions(who: Person, database: Connections) -> Response:
    """Every browser in which whoever asks is signed in."""
    rows = await service.list_sign_ins(database, who, datetime.now(UTC))
    told = [
        {
            "id": str(row.sign_in_id),
            "began": row.began,
            "seen": row.seen,
            "browser": row.browser,
            "current": row.sign_in_id == who.sign_in_id,
        }
        for row in rows
    ]
    return json_answer({"sign_ins": told}, headers=UNKEPT)


@router.delete("/sessions", status_code=204, responses=problems(401, 403))
async def end_other_sessions(who: Person, database: Connections) -> Response:
    """End every one of one's own but that from which it is asked."""
    await service.end_other_sign_ins(database, who)
    return Response(status_code=204, headers=UNKEPT)


@router.delete("/sessions/{sign_in_id}", status_code=204, responses=problems(401, 403, 404, 422))
async def end_session(sign_in_id: UUID, who: Person, database: Connections) -> Response:
    """End one of one's own, as of a telephone that was lost."""
    await service.end_sign_in(database, who, sign_in_id)
    return Response(status_code=204, headers=UNKEPT)


@router.get("/staff/roles", responses=found(Roles) | problems(401, 403))
async def list_roles(_who: Officer, language: Language) -> Response:
    """Every role there is, and what it is given for."""
    told = [
        {
            "role": role,
            "name": kind.words.in_language(language),
            "level": kind.level,
            "by_field": kind.has_fields,
        }
        for role, kind in ROLES.items()
    ]
    return json_answer({"roles": told}, headers=UNKEPT)


@router.get("/staff/fields", responses=found(Fields) | problems(401, 403))
async def list_fields(_who: Officer, language: Language) -> Response:
    """Every field of government by which a role may be limited."""
    told = [{"code": code, "name": name.in_language(language)} for code, name in FIELDS.items()]
    return json_answer({"fields": told}, headers=UNKEPT)


@router.get("/staff/filters", responses=found(SavedFilters) | problems(401, 403))
async def list_filters(who: Person, connection: ReadSession) -> Response:
    """The lists of work that the officer saved."""
    return json_answer(await saved.list_filters(connection, who), headers=UNKEPT)


@router.post("/staff/filters", responses=found(SavedFilters) | problems(401, 403, 415, 422))
async def save_filter(sent: NewFilter, who: Person, connection: WriteSession) -> Response:
    """Save a list of work, in place of one of the same name."""
    now = datetime.now(UTC)
    told = await saved.save_filter(connection, who, name=sent.name, query=sent.query, now=now)
    return json_answer(told, headers=UNKEPT)


@router.delete("/staff/filters", status_code=204, responses=problems(401, 403, 404, 422))
async def drop_filter(
    name: Annotated[str, Query(max_length=60, pattern=r"^[^\x00-\x1f]+$")],
    who: Person,
    connection: WriteSession,
) -> Response:
    """Forget a saved list."""
    await saved.drop_filter(connection, who, name)
    return Response(status_code=204, headers=UNKEPT)


@router.post("/password/forgotten", status_code=204, responses=problems(403, 415, 422, 429))
async def ask_password(
    sent: Address, asking: Attempted, door: Open, settings: Settings, language: Language
) -> Response:
    """Ask for a link to set a new password; the answer is the same whether there is an account."""
    await service.ask_reset(
        door,
        email=sent.email,
        asking=asking,
        language=language,
        is_mailed=settings.mail_server is not None,
    )
    return Response(status_code=204, headers=UNKEPT)


@router.post("/password", status_code=204, responses=problems(403, 409, 415, 422, 429))
async def set_password(sent: NewPassword, asking: Attempted, door: Open) -> Response:
    """Set the password that an invitation asks for; whoever was signed in is signed out."""
    await service.accept_invitation(door, told=sent.token, password=sent.password, asking=asking)
    return Response(status_code=204, headers=UNKEPT)


@router.post("/password/change", status_code=204, responses=problems(401, 403, 415, 422, 429, 503))
async def change_password(
    sent: PasswordChange, who: Person, asking: Attempted, door: Open, settings: Settings
) -> Response:
    """Change one's own password; one stays signed in here, and nowhere else."""
    token = await service.change_password(
        door, who, current=sent.current, password=sent.password, asking=asking
    )
    answer = Response(status_code=204, headers=UNKEPT)
    hold(answer, token.told, settings)
    return answer


def _told(who: SignedIn, language: LanguageName) -> dict[str, object]:
    roles = [
        {
            "role": grant.role,
            "name": ROLES[grant.role].words.in_language(language),
            "city": _city(grant.city_id),
            "area": grant.area_code,
            "fields": sorted(grant.fields),
            "until": grant.valid_to,
        }
        for grant in who.actor.grants
    ]
    return {"name": who.account.name, "email": who.account.email, "roles": roles}


def _city(city_id: int | None) -> str | None:
    return None if city_id is None else f"{city_id // 100:02d}.{city_id % 100:02d}"
