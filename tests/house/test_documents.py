"""What the documents promise is what the code has."""

import json
import re

from app.cluster import database_urls
from app.main import create_app
from app.settings import Settings
from tests.house.source import ROOT, own_files, shown

# A path of the machine it was written on means that it works only there.
HERE = str(ROOT.parent) + "/"


def test_every_setting_stands_in_the_readme():
    readme = _read("README.md")
    missing = [
        f"PETA_{name.upper()}"
        for name in Settings.model_fields
        if f"`PETA_{name.upper()}`" not in readme
    ]

    assert missing == []


def test_the_readme_names_no_setting_that_is_gone():
    named = set(re.findall(r"`PETA_([A-Z_]+)`", _read("README.md")))

    # PETA_REALDATA is read by the tests alone.
    assert named - {"REALDATA"} <= {name.upper() for name in Settings.model_fields}


def test_at_least_seven_decisions_name_what_was_rejected():
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    silent = [shown(path) for path in records if "## Rejected" not in path.read_text("utf-8")]

    assert len(records) >= 7
    assert silent == []


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]

    assert len(numbers) == len(set(numbers))


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{shown(path)} -> {target}"
        for path in own_files(".md")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]

    assert broken == []


def test_no_file_carries_a_path_of_this_machine():
    suffixes = (".py", ".ts", ".tsx", ".md", ".sh", ".toml", ".sql", ".css", ".html", ".yaml")
    named = [shown(path) for path in own_files(*suffixes) if HERE in path.read_text("utf-8")]

    assert named == []


def test_ci_runs_the_command_the_readme_names():
    assert "make test" in _read("README.md")
    assert "make test" in _read(".ci/run")


def test_the_kept_description_of_the_api_is_what_the_application_gives(tmp_path):
    """After a change of an answer: make docs."""
    settings = Settings(_env_file=None, state_dir=tmp_path, secret_key="for tests only")

    given = create_app(settings, database_urls(settings)).openapi()

    assert json.loads(_read("docs/openapi.json")) == json.loads(json.dumps(given))


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
