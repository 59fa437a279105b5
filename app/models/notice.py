"""The outbox: what is to be told to somebody by e-mail, and what became of it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.account import ACCOUNT
from app.models.base import Base, CityId, Instant


class Notice(Base):
    """Word for one person, without address, name or link: these are read when it is sent.

    So nothing personal is kept twice, and what was erased is told to nobody.
    """

    __tablename__ = "notice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("(usulan_id IS NULL) <> (account_id IS NULL)", name="one_recipient"),
        CheckConstraint(
            "(usulan_id IS NULL) = (city_id IS NULL) AND (usulan_id IS NULL) = (sequence IS NULL)",
            name="step",
        ),
        CheckConstraint("language IN ('id', 'en')", name="language"),
        Index(
            "ix_notice_due",
            "due",
            postgresql_where=text("sent IS NULL AND given_up IS NULL"),
        ),
    )

    notice_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Also the Message-ID of every letter that is sent for it."""
    kind: Mapped[str]
    language: Mapped[str]
    city_id: Mapped[CityId | None]
    usulan_id: Mapped[UUID | None]
    sequence: Mapped[int | None] = mapped_column(SmallInteger)
    """The step of the history that it tells of."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(ACCOUNT, ondelete="CASCADE"))
    created: Mapped[Instant]
    due: Mapped[Instant]
    """Not tried before; whoever takes it up moves this on, so that nobody else takes it."""
    attempts: Mapped[int] = mapped_column(SmallInteger)
    sent: Mapped[Instant | None]
    given_up: Mapped[Instant | None]
    failure: Mapped[str | None]
    """Why the last attempt failed, by a code of `app.notices.failures`."""
    reply_code: Mapped[int | None] = mapped_column(SmallInteger)
    """What the mail server answered then; never its words, which may hold an address."""
