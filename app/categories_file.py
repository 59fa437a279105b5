"""Where the controlled list of categories stands; apart, so that asking for it loads nothing."""

from pathlib import Path

CATEGORIES = Path(__file__).resolve().parent.parent / "data" / "categories.toml"
