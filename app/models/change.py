"""What the resident indexes have to read again."""

from uuid import UUID

from sqlalchemy import BigInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Instant

WHOLE_CITY = UUID(int=0)
"""In place of an usulan: everything of the city may have changed, as after a load of many."""


class Change(Base):
    """That a transaction changed an usulan; no values, they are read again from the views.

    Kept for a day: an index that has not looked for longer is built anew.
    """

    __tablename__ = "change"
    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    txid: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=text("(pg_current_xact_id())::text::bigint"),
    )
    """Of the writing transaction, so that a reader knows by a snapshot which it has seen."""
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[Instant] = mapped_column(server_default=func.now())
