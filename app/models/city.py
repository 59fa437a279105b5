"""A kota or kabupaten served by this installation, and the days on which it does not work."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId


class City(Base):
    """One city; `city_id` is its Kemendagri number (33.72 is 3372)."""

    __tablename__ = "city"
    __table_args__ = (
        CheckConstraint("publication IN ('at_once', 'after_check')", name="publication"),
        CheckConstraint("contact_months BETWEEN 1 AND 120", name="contact_months"),
        CheckConstraint("hold_above >= 1", name="hold_above"),
        CheckConstraint("hold_times >= 1", name="hold_times"),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(server_default="Asia/Jakarta")
    publication: Mapped[str | None]
    """When a resident's usulan becomes public; None follows the installation's setting."""
    contact_months: Mapped[int] = mapped_column(SmallInteger, server_default="12")
    """How long contacts are kept after their usulan was closed."""
    hold_above: Mapped[int | None]
    hold_times: Mapped[int | None] = mapped_column(SmallInteger)
    """From where on usulan without a contact are held: `app.submission.floods` says how."""
    demo: Mapped[bool] = mapped_column(server_default=false())
    """True for the fictional city: everything shown of it is labelled 'data contoh'."""


class Holiday(Base):
    """A day between Monday and Friday on which the offices of a city are closed."""

    __tablename__ = "holiday"
    __table_args__ = (ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),)

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]
