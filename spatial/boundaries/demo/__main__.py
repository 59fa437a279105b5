"""Write the demo city: `python -m spatial.boundaries.demo data/boundaries/contoh`."""

import hashlib
import sys
from pathlib import Path

from spatial.boundaries.demo.plan import CityPlan
from spatial.boundaries.demo.recipe import build_files


def main() -> int:
    """Write all files into the folder named on the command line.

    Their checksums are printed in the form that `sources.toml` wants.

    Returns
    -------
    status
        0 when written, 2 when no folder was named.
    """
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m spatial.boundaries.demo FOLDER\n")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in build_files(CityPlan()).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        checksum = hashlib.sha256(text.encode()).hexdigest()
        sys.stdout.write(f'    {{ name = "{name}", sha256 = "{checksum}" }},\n')
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
