"""Every public name of the library says what its value means; numpydoc reads along."""

import importlib
import inspect
import pkgutil
import tomllib
from collections.abc import Iterator

import pytest
from numpydoc.validate import validate

import spatial
from tests.house.source import ROOT

RULES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["numpydoc_validation"]
LEFT_OUT = set(RULES["checks"]) - {"all"}
# The recipe of the demo city is a program, not part of the library's outside.
PRIVATE_ROOMS = ("spatial.boundaries.demo",)


def public_names() -> Iterator[str]:
    for module in pkgutil.walk_packages(spatial.__path__, "spatial."):
        if module.name.startswith(PRIVATE_ROOMS) or module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, item in inspect.getmembers(loaded):
            is_own = getattr(item, "__module__", None) == module.name
            if is_own and not name.startswith("_") and callable(item) and item.__doc__ is not None:
                yield f"{module.name}.{name}"


def test_every_public_name_has_a_docstring():
    silent = []
    for module in pkgutil.walk_packages(spatial.__path__, "spatial."):
        if module.name.startswith(PRIVATE_ROOMS) or module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        silent += [
            f"{module.name}.{name}"
            for name, item in inspect.getmembers(loaded)
            if (inspect.isfunction(item) or inspect.isclass(item))
            and item.__module__ == module.name
            and not name.startswith("_")
            and not inspect.getdoc(item)
        ]

    assert silent == []


@pytest.mark.parametrize("name", sorted(public_names()))
def test_docstrings_satisfy_numpydoc(name):
    faults = [fault for fault in validate(name)["errors"] if fault[0] not in LEFT_OUT]

    assert faults == []
