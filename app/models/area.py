"""Boundary editions of a city and the areas in each."""

from datetime import date

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    false,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Instant, MortonCode

_LEVEL_RULE = "level IN ('kota', 'kecamatan', 'kelurahan', 'rw', 'rt')"
_STATUS_RULE = "status IN ('resmi', 'indikatif', 'partisipatif')"


class BoundaryEdition(Base):
    """One set of boundaries of a city; editions stand side by side and one is active."""

    __tablename__ = "boundary_edition"
    __table_args__ = (
        ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        UniqueConstraint("city_id", "name"),
        CheckConstraint(_STATUS_RULE, name="status"),
        Index(
            "uq_boundary_edition_active",
            "city_id",
            unique=True,
            postgresql_where="active",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(server_default="")
    licence: Mapped[str] = mapped_column(server_default="")
    status: Mapped[str] = mapped_column(server_default="indikatif")
    active: Mapped[bool] = mapped_column(server_default=false())
    metric_srid: Mapped[int]
    """EPSG code of the UTM zone in which metres of this city are measured."""
    loaded: Mapped[Instant] = mapped_column(server_default=func.now())


class Area(Base):
    """One kota, kecamatan, kelurahan, RW or RT in one edition."""

    __tablename__ = "area"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "edition_id"],
            ["peta.boundary_edition.city_id", "peta.boundary_edition.edition_id"],
        ),
        ForeignKeyConstraint(
            ["city_id", "edition_id", "parent_code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(_LEVEL_RULE, name="level"),
        CheckConstraint(_STATUS_RULE, name="status"),
        Index("ix_area_geom", "geom", postgresql_using="gist"),
        Index("ix_area_city_id_edition_id_level", "city_id", "edition_id", "level"),
        Index(
            "ix_area_city_id_edition_id_parent_code",
            "city_id",
            "edition_id",
            "parent_code",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str]
    parent_code: Mapped[str | None]
    name: Mapped[str]
    kind: Mapped[str | None]
    """Of a kelurahan: kelurahan, desa or desa_adat; None at other levels."""
    geom: Mapped[WKBElement] = mapped_column(
        Geometry("MULTIPOLYGON", srid=4326, spatial_index=False)
    )
    label_point: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", srid=4326, spatial_index=False)
    )
    label_cell: Mapped[MortonCode]
    """Morton code of the label point; private needs of the area are counted there."""
    area_m2: Mapped[float]
    """Ellipsoidal area, the figure that is published."""
    population: Mapped[int | None]
    households: Mapped[int | None]
    status: Mapped[str] = mapped_column(server_default="indikatif")
    is_leaf: Mapped[bool]
    """True when no loaded area names this one as its parent; placing starts from leaves."""
