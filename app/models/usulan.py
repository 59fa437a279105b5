"""A proposal and the person behind it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Digest, Instant, MortonCode, Rupiah, Words


class Usulan(Base):
    """What is asked for, where, for which year, and where it stands now.

    The status is the last one of the event history; the history itself is append-only.
    """

    __tablename__ = "usulan"
    __table_args__ = (
        # The area's own key vouches for the city.
        ForeignKeyConstraint(["category"], ["peta.category.code"]),
        ForeignKeyConstraint(
            ["city_id", "edition_id", "area_code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
        ),
        ForeignKeyConstraint(
            ["city_id", "continues_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name="fk_usulan_continues",
        ),
        ForeignKeyConstraint(
            ["city_id", "merged_into_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name="fk_usulan_merged_into",
        ),
        UniqueConstraint("city_id", "number"),
        UniqueConstraint("city_id", "source_id"),
        CheckConstraint("severity BETWEEN 1 AND 3", name="severity"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("estimated_cost >= 0", name="estimated_cost"),
        CheckConstraint("beneficiaries >= 0", name="beneficiaries"),
        CheckConstraint("supporters >= 0", name="supporters"),
        CheckConstraint("volume > 0", name="volume"),
        # By place; what is similar to a submission, by its category within the place.
        Index("ix_usulan_city_id_cell_category", "city_id", "cell", "category"),
        Index("ix_usulan_city_id_created_number", "city_id", "created", "number"),
        # What lies on the desk of an officer, who sees his area alone.
        Index("ix_usulan_city_id_kelurahan_status", "city_id", "kelurahan", "status"),
        # Most are merged into none.
        Index(
            "ix_usulan_merged_into",
            "city_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        # Rows of lists have none, and need no entry. A code is typed in without its city.
        Index(
            "ix_usulan_tracking_hash",
            "tracking_hash",
            postgresql_where=text("tracking_hash IS NOT NULL"),
        ),
        Index(
            "ix_usulan_city_id_tracking_hash",
            "city_id",
            "tracking_hash",
            unique=True,
            postgresql_where=text("tracking_hash IS NOT NULL"),
        ),
        # Most continue none: an entry for each would be looked at by nobody.
        Index(
            "ix_usulan_continues",
            "city_id",
            "continues_id",
            unique=True,
            postgresql_where=text("continues_id IS NOT NULL"),
        ),
        # Only carried-over records: looking for a later one in the same lineage stays small.
        Index(
            "ix_usulan_lineage",
            "city_id",
            "lineage_id",
            "sequence",
            postgresql_where=text("sequence > 0"),
        ),
        # What one load of a list created; most came otherwise.
        Index(
            "ix_usulan_load",
            "city_id",
            "load_id",
            "usulan_id",
            postgresql_where=text("load_id IS NOT NULL"),
        ),
        # What is listed: the planning years that a city has (view map.planning_year), one year's
        # categories, and the peers of a private need in its RW (view map.usulan_place).
        Index(
            "ix_usulan_listed_year",
            "city_id",
            "year",
            "category",
            "rw",
            postgresql_where=text("published AND status NOT IN ('draf', 'digabung', 'dibatalkan')"),
        ),
        # The others that are published, who move with those peers too (view map.change).
        Index(
            "ix_usulan_unlisted_year",
            "city_id",
            "year",
            "category",
            "rw",
            postgresql_where=text("published AND status IN ('draf', 'digabung', 'dibatalkan')"),
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    tracking_hash: Mapped[Digest | None]
    """Of the code its sender was given; None when nobody was given one."""
    year: Mapped[int] = mapped_column(SmallInteger)
    category: Mapped[str]

    title: Mapped[str]
    problem: Mapped[str]
    address: Mapped[str | None]
    landmark: Mapped[str | None]
    volume: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    unit: Mapped[str | None]
    estimated_cost: Mapped[Rupiah | None]
    beneficiaries: Mapped[int | None]
    severity: Mapped[int | None] = mapped_column(SmallInteger)
    inclusion: Mapped[Words] = mapped_column(server_default="{}")
    supporters: Mapped[int] = mapped_column(server_default="0")

    geom: Mapped[WKBElement | None] = mapped_column(
        Geometry("GEOMETRY", srid=4326, spatial_index=False)
    )
    position: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", srid=4326, spatial_index=False)
    )
    """Representative point of `geom`; None when the usulan was placed only as an area."""
    cell: Mapped[MortonCode | None]
    accuracy_m: Mapped[float | None]
    edition_id: Mapped[int]
    area_code: Mapped[str]
    """The lowest area it was placed in; the five columns below are its chain."""
    kota: Mapped[str]
    kecamatan: Mapped[str | None]
    kelurahan: Mapped[str | None]
    rw: Mapped[str | None]
    rt: Mapped[str | None]
    area_shares: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    declared_area: Mapped[str | None]
    doubts: Mapped[Words] = mapped_column(server_default="{}")

    channel: Mapped[str] = mapped_column(server_default="rembug")
    funding: Mapped[str | None]
    status: Mapped[str]
    stage: Mapped[str | None]
    published: Mapped[bool]
    lineage_id: Mapped[UUID]
    """The first usulan of the series of resubmissions this one belongs to (itself, if first)."""
    sequence: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    """0 for the first year of the lineage, 1 for the first carry-over, and so on."""
    continues_id: Mapped[UUID | None]
    status_since: Mapped[Instant | None]
    """When it got its status, once anything else was changed after that; until then `updated`."""
    question: Mapped[str | None]
    """What its reporter was asked, as long as it waits for the answer."""
    merged_into_id: Mapped[UUID | None]
    programme: Mapped[str | None]
    """The field of government it was forwarded to; None: those of its category."""
    agency: Mapped[str | None]
    """The agency it was forwarded to, in words."""

    source: Mapped[str]
    """How it came in: warga (the form), berkas (a file) or contoh (the demo)."""
    source_id: Mapped[str | None]
    source_digest: Mapped[Digest | None]
    """Digest of the file's row, so that the same row twice changes nothing."""
    load_id: Mapped[UUID | None]
    """The load of a list by an officer that created it; loads are never removed, and a reference
    would be looked up for each row of a list."""
    created: Mapped[Instant]
    updated: Mapped[Instant]


class Proposer(Base):
    """Contact of the person behind an usulan; erased without touching the usulan."""

    __tablename__ = "proposer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    role: Mapped[str | None]
    consented: Mapped[Instant | None]
    language: Mapped[str] = mapped_column(server_default="id")
    """In which word is sent to them."""


class Redaction(Base):
    """Words that were closed to the public, as they stood before; of one step of the history.

    Apart from the history, which nobody can shorten: these can be erased.
    """

    __tablename__ = "redaction"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("field IN ('title', 'problem', 'address', 'landmark')", name="field"),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """Of the step that closed them."""
    field: Mapped[str]
    words: Mapped[str]
    before: Mapped[str]
    """The whole field before that step."""


class FormerPlace(Base):
    """The place that an usulan had before a step of its history put it elsewhere.

    Apart from the history, as closed words are: a place may be a home, and can be erased.
    """

    __tablename__ = "former_place"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """Of the step that left it."""
    place: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The columns of the usulan that the step changed, as they were; shapes as GeoJSON."""


class Answer(Base):
    """What a reporter answered to a question; of one step of the history.

    Apart from the history, as closed words are: people write of themselves, and may have it erased.
    """

    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    words: Mapped[str]
