"""Foreign keys of a whole block checked at once, by whom the database lets do so.

Checked row by row they take more than a third of a load, though a block of thousands of rows names
the same areas and categories again and again. Who may (`peta_loader`, which no web process is)
asks once for everything that a block names, and writes it without the checks of each row. Events
need no asking: they are made from the same ids as their usulan, and `peta check` looks whether
any reference is broken. Others write as ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from psycopg import Connection
from psycopg.errors import ForeignKeyViolation
from psycopg.pq import TransactionStatus

from app.statements import load_statement


@dataclass(frozen=True, slots=True)
class References:
    """What the usulan of a block name, each once."""

    areas: frozenset[tuple[int, str]]
    """Edition and code."""
    categories: frozenset[str]
    continued: frozenset[UUID] = field(default_factory=frozenset)
    """Usulan outside of the block."""


@contextmanager
def keys_checked_together(
    connection: Connection, city_id: int, named: References
) -> Iterator[None]:
    """Write a block that names these; raises ForeignKeyViolation when one of them is not there.

    What it names stays until the transaction ends, as the check of each row would have it.
    """
    if not _may(connection):
        yield
        return
    _check(connection, city_id, named)
    connection.execute(load_statement("usulan", "leave_rows_unchecked"))
    try:
        yield
    finally:
        if connection.info.transaction_status == TransactionStatus.INTRANS:
            connection.execute(load_statement("usulan", "check_rows_again"))


def _may(connection: Connection) -> bool:
    row = connection.execute(load_statement("usulan", "may_check_together")).fetchone()
    return row == (True,)


def _check(connection: Connection, city_id: int, named: References) -> None:
    areas = sorted(named.areas)
    values = {
        "city_id": city_id,
        "editions": [edition for edition, _ in areas],
        "codes": [code for _, code in areas],
        "categories": sorted(named.categories),
        "continued": sorted(named.continued),
    }
    row = connection.execute(load_statement("usulan", "keep_named"), values).fetchone()
    wanted = (len(named.areas), len(named.categories), len(named.continued))
    if row != wanted:
        raise ForeignKeyViolation(f"of (areas, categories, usulan) {wanted} there are {row}")
