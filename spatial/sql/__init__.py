"""The fixed statements over schema ``map``, one a file, with named ``:binds``."""

import re
from functools import cache
from importlib.resources import files

# A colon that starts a bind: not part of a cast (::), not inside a word or a number.
_BIND = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)


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


@cache
def load_for_psycopg(name: str) -> str:
    """Text of one statement, as a psycopg cursor takes it with a mapping of values.

    Parameters
    ----------
    name
        File name without ``.sql``.

    Returns
    -------
    statement
        The statement without its comments; binds are ``%(like_this)s``, a percent sign is
        doubled.

    Raises
    ------
    FileNotFoundError
        When there is no such statement.
    """
    statement = _COMMENT.sub("", load(name)).strip()
    return _BIND.sub(r"%(\1)s", statement.replace("%", "%%"))
