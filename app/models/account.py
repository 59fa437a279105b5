"""Officers: their accounts, the roles they were given, and how each of them is signed in.

Shared by all cities of an installation: a person may have roles in several.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Digest, Instant, Words

ACCOUNT = "peta.account.account_id"


class Account(Base):
    """A person who can sign in; without a password until the invitation was taken up."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email"),)

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str | None]
    """As argon2 tells it: never the word itself."""
    created: Mapped[Instant]
    disabled: Mapped[Instant | None]


class RoleGrant(Base):
    """A role given for an area and all beneath it, for some fields of government, for a time."""

    __tablename__ = "role_grant"
    __table_args__ = (
        ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        CheckConstraint("(city_id IS NULL) = (area_code IS NULL)", name="area"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        CheckConstraint(
            "(ended IS NULL) = (ended_why IS NULL) AND (ended_by IS NULL OR ended IS NOT NULL)",
            name="ended",
        ),
        Index(None, "account_id"),
    )

    grant_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(ACCOUNT, ondelete="CASCADE"))
    role: Mapped[str]
    city_id: Mapped[CityId | None]
    area_code: Mapped[str | None]
    """By code alone: a role outlives an edition of boundaries."""
    fields: Mapped[Words]
    """Codes of urusan or programmes; none: all of them."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day."""
    given_by: Mapped[UUID | None] = mapped_column(
        ForeignKey(ACCOUNT, ondelete="SET NULL", name="fk_role_grant_given_by")
    )
    created: Mapped[Instant]
    ended: Mapped[Instant | None]
    """When it was taken back: from then on it permits nothing, whatever its last day."""
    ended_by: Mapped[UUID | None] = mapped_column(
        ForeignKey(ACCOUNT, ondelete="SET NULL", name="fk_role_grant_ended_by")
    )
    """None: by the command line."""
    ended_why: Mapped[str | None]


class SignIn(Base):
    """A browser that is signed in: whoever holds the token, of which only the digest is kept."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "account_id"),)

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    sign_in_id: Mapped[UUID] = mapped_column(unique=True)
    """By which its owner may end it."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey(ACCOUNT, ondelete="CASCADE"))
    began: Mapped[Instant]
    seen: Mapped[Instant]
    browser: Mapped[str]


class Invitation(Base):
    """A link by which a password is set, once; of its token only the digest is kept."""

    __tablename__ = "invitation"

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(ACCOUNT, ondelete="CASCADE"))
    created: Mapped[Instant]
    expires: Mapped[Instant]


class Attempt(Base):
    """How often something was tried in a span of time: what holds back who tries too often."""

    __tablename__ = "attempt"

    bucket: Mapped[Digest] = mapped_column(primary_key=True)
    """Of who and what, as a keyed digest: no address can be read from it."""
    began: Mapped[Instant] = mapped_column(primary_key=True)
    count: Mapped[int]


class SavedFilter(Base):
    """A list of work that an officer comes back to: its parameters, by a name of his own."""

    __tablename__ = "saved_filter"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey(ACCOUNT, ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[str]
    created: Mapped[Instant]
