"""The fixed statements of a domain: one a file in its folder `sql`, read as psycopg takes them."""

import re
from functools import cache
from importlib.resources import files

# A colon that starts a bind: not part of a cast (::), not inside a word or a number.
_BIND = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_COPIED = re.compile(r"^COPY [\w.]+ \(([^)]+)\)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)


@cache
def load_statement(domain: str, name: str) -> bytes:
    """Text of `app/<domain>/sql/<name>.sql`; its binds ``:like_this`` become ``%(like_this)s``."""
    return bound(load_text(domain, name))


@cache
def load_text(domain: str, name: str) -> str:
    """The same as it stands, binds ``:like_this``."""
    return (files("app") / domain / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def bound(text: str) -> bytes:
    """A statement as psycopg takes it: without comments, binds ``%(like_this)s``."""
    statement = _COMMENT.sub("", text).strip()
    return _BIND.sub(r"%(\1)s", statement.replace("%", "%%")).encode()


@cache
def copied_names(domain: str, name: str) -> tuple[str, ...]:
    """The columns that a COPY statement takes, in its order."""
    found = _COPIED.search(load_text(domain, name))
    if found is None:
        raise ValueError(f"{domain}/{name} is no COPY with columns")
    return tuple(column.strip() for column in found[1].split(","))
