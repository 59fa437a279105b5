"""Boston's reports moved into the demo city: every point by the same step, nothing else changed.

`python -m tests.realdata.boston FILE.csv MOVED.csv` writes the moved list and its mapping, for
`peta usulan load MOVED.csv --city 99.71`.
"""

import csv
import sys
from pathlib import Path

EAST, NORTH = 182.41, -49.6
"""Degrees added: the middle of Boston, 71.06 W 42.35 N, comes to 111.35 E 7.25 S."""
DEFAULT_POINT = (-71.0587, 42.3594)
"""Where the city puts a report of which it knows no place."""
MAPPING = """\
[columns]
source_id = "CASE_ENQUIRY_ID"
title = "CASE_TITLE"
problem = "CLOSURE_REASON"
address = "Location"
created_at = "OPEN_DT"
longitude = "LONGITUDE"
latitude = "LATITUDE"
[defaults]
category = "SP07"
"""


def move(source: Path, target: Path) -> int:
    """Write the list with its points moved, and the mapping beside it; how many rows."""
    with (
        source.open(encoding="utf-8", newline="") as old,
        target.open("w", encoding="utf-8", newline="") as new,
    ):
        reader, writer = csv.reader(old), csv.writer(new)
        header = next(reader)
        x, y = header.index("LONGITUDE"), header.index("LATITUDE")
        writer.writerow(header)
        rows = list(reader)
        for row in rows:
            row[x], row[y] = moved(float(row[x]), float(row[y]))
        writer.writerows(rows)
    target.with_name(f"{target.name}.toml").write_text(MAPPING, encoding="utf-8")
    return len(rows)


def moved(longitude: float, latitude: float) -> tuple[str, str]:
    """The point in the demo city, with the four decimals of the source."""
    return f"{longitude + EAST:.4f}", f"{latitude + NORTH:.4f}"


if __name__ == "__main__":
    move(Path(sys.argv[1]), Path(sys.argv[2]))
