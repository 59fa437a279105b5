"""What leads from one boundary edition to another."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId


class AreaCrosswalk(Base):
    """How much of an area lies in each area of its level in another edition; see `Overlap`."""

    __tablename__ = "area_crosswalk"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "edition_id", "code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
        ),
        ForeignKeyConstraint(
            ["city_id", "other_edition_id"],
            ["peta.boundary_edition.city_id", "peta.boundary_edition.edition_id"],
            name="fk_area_crosswalk_other_edition",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True)
    other_edition_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    other_code: Mapped[str] = mapped_column(primary_key=True)
    """Empty for what lies in no area of the other edition."""
    level: Mapped[str]
    m2: Mapped[float]
    area_share: Mapped[float]
    """Of the ground of `code`; the shares of one code sum to 1."""
    people: Mapped[float | None]
    population_share: Mapped[float]
    """Of the people of `code`; the shares of one code sum to 1."""
    basis: Mapped[str]
    """The level whose people were counted, or `luas` where people follow the ground."""


class AreaCounterpart(Base):
    """Where another edition counts what is known by its area alone.

    The lowest area of the other edition that holds this one, with those above it; the kota where
    none does, for the usulan of a city are all counted there. It follows from two public maps, so
    it tells nothing of where in the area something is.
    """

    __tablename__ = "area_counterpart"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "edition_id", "code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
        ),
        ForeignKeyConstraint(
            ["city_id", "other_edition_id", "other_code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name="fk_area_counterpart_other",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    other_edition_id: Mapped[int] = mapped_column(primary_key=True)
    other_code: Mapped[str]
    kota: Mapped[str | None]
    kecamatan: Mapped[str | None]
    kelurahan: Mapped[str | None]
    rw: Mapped[str | None]
    rt: Mapped[str | None]


class OtherPlace(Base):
    """Where an usulan is counted under an edition, where its own row does not say so.

    Of an usulan that is exact: its place in an edition that is not the one of its row. Of a
    private need: in the edition it was first placed in, that place; in any other, also in the
    one of its row, the area that holds the first place, never what its position would tell.
    """

    __tablename__ = "other_place"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["city_id", "edition_id"],
            ["peta.boundary_edition.city_id", "peta.boundary_edition.edition_id"],
        ),
        Index("ix_other_place_city_id_edition_id_rw", "city_id", "edition_id", "rw"),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str | None]
    """None, as all levels but the kota then are, where it lies in no area of the edition."""
    kota: Mapped[str | None]
    kecamatan: Mapped[str | None]
    kelurahan: Mapped[str | None]
    rw: Mapped[str | None]
    rt: Mapped[str | None]
    is_origin: Mapped[bool] = mapped_column(server_default=false())
    """Whether it was first placed in this edition; without such a row, in the one of its row."""
