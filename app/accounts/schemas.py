"""What is sent to sign in, and what is told of whoever is signed in."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.accounts.passwords import LONGEST
from app.sentences import Sentence

EMAIL = r"^[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}$"
Email = Annotated[str, StringConstraints(strip_whitespace=True, pattern=EMAIL)]
Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Credentials(_Sent):
    """Who signs in."""

    email: Email
    password: Password


class Address(_Sent):
    """Whose account it is about."""

    email: Email


class NewOfficer(_Sent):
    """Who is given which role, for which area, field and time."""

    email: Email
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")]
    role: Annotated[str, Field(max_length=40)]
    area: Annotated[str, Field(max_length=64, pattern=r"^[0-9.-]+$")] | None = None
    fields: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=50)] = []
    until: date | None = None


class NewPassword(_Sent):
    """A password to set, and the invitation that allows it."""

    token: Annotated[str, Field(min_length=1, max_length=200)]
    password: Password


class PasswordChange(_Sent):
    """A password to set in place of one's present one."""

    current: Password
    password: Password


class RoleKindRead(BaseModel):
    """A role, the level of the areas it is given for, and whether it can be given by field."""

    role: str
    name: str
    level: str | None
    by_field: bool


class Roles(BaseModel):
    """Every role there is."""

    roles: list[RoleKindRead]


class FieldRead(BaseModel):
    """A field of government (urusan) by its code in the national nomenclature."""

    code: str
    name: str


class Fields(BaseModel):
    """Every field of government."""

    fields: list[FieldRead]


class RoleHeld(BaseModel):
    """A role that holds today."""

    role: str
    name: str
    city: str | None
    area: str | None
    fields: list[str]
    until: date | None


class Me(BaseModel):
    """Whoever is signed in."""

    name: str
    email: str
    roles: list[RoleHeld]


class SignInSeen(BaseModel):
    """A browser in which somebody is signed in."""

    id: UUID
    began: datetime
    seen: datetime
    browser: str
    current: bool


class SignIns(BaseModel):
    """All of somebody's own."""

    sign_ins: list[SignInSeen]


FilterName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SavedFilterRead(BaseModel):
    name: str
    query: str


class SavedFilters(BaseModel):
    filters: list[SavedFilterRead]


class NewFilter(_Sent):
    """A list of work as the address has it, and what the officer calls it."""

    name: Annotated[FilterName, Field(pattern=r"^[^\x00-\x1f]*$")]
    query: Annotated[str, Field(max_length=2_000, pattern=r"^[!-~]*$")]


class TroubledNotice(BaseModel):
    """Word that could not be sent so far, or at all."""

    id: UUID
    kind: str
    number: str | None
    account: str | None
    created: datetime
    attempts: int
    next_attempt: datetime | None
    given_up: datetime | None
    failure: str | None
    detail: str | None
    reply_code: int | None


class Notices(BaseModel):
    """What was told by e-mail in a city."""

    waiting: int
    sent: int
    given_up: int
    troubled: list[TroubledNotice]


class Invited(BaseModel):
    """Whether somebody was invited, and how the link reaches him."""

    email: str
    invited: bool
    sent: bool
    link: str | None


class RoleEnd(_Sent):
    """Why a role is taken back."""

    reason: Sentence = None


class RoleEnded(BaseModel):
    """When, by whom and why a role was taken back; by nobody: by the command line."""

    at: datetime
    by: str | None
    reason: str


class RoleGiven(BaseModel):
    """A role in a city, whether it holds today or not."""

    id: UUID
    role: str
    name: str
    area: str | None
    fields: list[str]
    from_: Annotated[date, Field(alias="from")]
    until: date | None
    ended: RoleEnded | None


class OfficerSeen(BaseModel):
    """Somebody with roles in a city."""

    email: str
    name: str
    standing: str
    roles: list[RoleGiven]


class Accounts(BaseModel):
    """Whoever has a role in a city."""

    accounts: list[OfficerSeen]


class NewKey(_Sent):
    """What a key is for, and for how many days."""

    name: Annotated[FilterName, Field(pattern=r"^[^\x00-\x1f]*$")]
    scopes: Annotated[list[Literal["baca", "muat", "tindak"]], Field(min_length=1, max_length=3)]
    days: Annotated[int, Field(strict=True, ge=1, le=366)] = 90


class KeySeen(BaseModel):
    """A key of one's own; the key itself nobody can be told again."""

    id: UUID
    name: str
    scopes: list[str]
    created: datetime
    expires: datetime
    used: datetime | None


class ToldKey(KeySeen):
    """A new key."""

    key: str


class Keys(BaseModel):
    """One's own keys that work."""

    keys: list[KeySeen]
