"""Keys by which an officer's programs act for him, within what he may himself."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.account import ACCOUNT
from app.models.base import Base, Digest, Instant, Words


class ApiKey(Base):
    """A key of an account: told once, kept as a digest, for some kinds of acts and a time."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        CheckConstraint("expires > created", name="period"),
        Index(None, "account_id"),
    )

    key_digest: Mapped[Digest] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(unique=True)
    """By which its owner may end it."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey(ACCOUNT, ondelete="CASCADE"))
    name: Mapped[str]
    scopes: Mapped[Words]
    created: Mapped[Instant]
    expires: Mapped[Instant]
    used: Mapped[Instant | None]
    """Written at most once a minute."""
