"""What was the end of histories at some time, sealed so that a later change of them shows."""

from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, LargeBinary, SmallInteger, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Digest, Instant

MINUTE, DAY = "menit", "harian"


class Seal(Base):
    """The ends of some histories of a city, chained to the seal before by its hash.

    The application's role may insert and read rows, never change or delete them.
    """

    __tablename__ = "seal"
    __table_args__ = (
        ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        CheckConstraint("kind IN ('menit', 'harian')", name="kind"),
        CheckConstraint(
            "cardinality(usulan_ids) = cardinality(sequences)"
            " AND cardinality(usulan_ids) = cardinality(digests)",
            name="heads",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """1 for the first of the city, rising by one."""
    at: Mapped[Instant]
    kind: Mapped[str]
    """menit: what changed since the one before; harian: all that was not sealed yet."""
    usulan_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    sequences: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    """Of the newest step of each."""
    digests: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    """Of the same step."""
    committed: Mapped[str]
    """The committed position that was sealed, as `app.cities.queries` tells it."""
    previous: Mapped[Digest | None]
    hash: Mapped[Digest]
