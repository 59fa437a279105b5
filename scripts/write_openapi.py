# ruff: noqa: INP001 - a script, not a module
"""Write docs/openapi.json, the same document that the server gives at /api/openapi.json."""

import json
from tempfile import TemporaryDirectory

from app.cluster import database_urls
from app.main import create_app
from app.settings import PROJECT_DIR, Settings


def main() -> None:
    """Ask the application itself; no database is needed for it."""
    with TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, state_dir=folder)
        document = create_app(settings, database_urls(settings)).openapi()
    target = PROJECT_DIR / "docs" / "openapi.json"
    target.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


main()
