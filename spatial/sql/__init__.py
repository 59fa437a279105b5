"""The fixed statements over schema ``map``, one a file, with named ``:binds``."""

from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> str:
    """Text of one statement, as SQLAlchemy's ``text()`` takes it.

    Parameters
    ----------
    name
        File name without ``.sql``.

    Returns
    -------
    statement
        The file as it stands, header included; binds are ``:like_this``.

    Raises
    ------
    FileNotFoundError
        When there is no such statement.
    """
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8")
