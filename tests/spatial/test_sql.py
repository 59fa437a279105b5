import re
from importlib.resources import files

import pytest
from sqlalchemy import text

from spatial.sql import load

NAMES = sorted(
    file.name.removesuffix(".sql")
    for file in files("spatial.sql").iterdir()
    if file.name.endswith(".sql")
)


def without_comments(statement: str) -> str:
    return "\n".join(line for line in statement.splitlines() if not line.startswith("--"))


def test_a_statement_is_loaded_with_its_header():
    assert load("area_chain").startswith("-- An area and everything above it")


def test_a_statement_that_does_not_exist_is_refused():
    with pytest.raises(FileNotFoundError):
        load("no_such_statement")


@pytest.mark.parametrize("name", NAMES)
def test_every_bind_is_named_in_the_header(name):
    statement = load(name)
    header = " ".join(line for line in statement.splitlines() if line.startswith("--"))

    binds = set(text(without_comments(statement)).compile().params)

    assert binds
    assert {bind for bind in binds if bind not in re.findall(r"\w+", header)} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_reads_only_the_public_wall(name):
    schemas = set(re.findall(r"(?:FROM|JOIN)\s+(\w+)\.", without_comments(load(name))))

    assert schemas <= {"map"}
