"""`make bench`: every row of the table of speed and size, beside the peers that it names.

`python -m bench [SEED] [--count USULAN] [--quick] [--anew]`. Everything is drawn from the seed: the
city's usulan, tiles, filters, boxes. A run that was broken off goes on where it was when the same
command is given again; `--anew` forgets what was kept. `--quick` has the same rows over a twentieth
of the data and fewer turns, and measures side by side what needs no quiet machine.
"""

import argparse
import signal
import sys
import time
from functools import partial
from pathlib import Path

from app.settings import Settings
from bench import answers, bulk, faults, page, process, resident, signing_in, tiles, writing
from bench.peers import PYTHON_PEERS, peer_python
from bench.runner import Group, Kept, revisions, run_groups, table, write_report
from bench.said import say
from bench.stage import Stage, staged

RESULTS = Path(__file__).with_name("results")
FULL, QUICK = 1_000_000, 50_000
DEFAULT_SEED = 7
GROUPS = {
    "cold tiles": tiles.cold_tiles,
    "bytes of tiles": tiles.tile_bytes,
    "kept tile": tiles.kept_tile,
    "tiles of RT": answers.area_tiles,
    "lists": answers.lists,
    "heat": answers.heat,
    "index at start": resident.start,
    "new revision": resident.revision,
    "totals": resident.totals,
    "growth": resident.growth,
    "idle process": process.idle,
    "map page": page.page,
    "slow database": faults.slow_database,
    "sign-in flood": signing_in.flood,
    "placing": bulk.placing_points,
    "bulk": bulk.lists,
    "memory of lists": bulk.memory,
    "commit to tile": writing.freshness,
    "submission": writing.submission,
    "follower": writing.follower,
}
"""In this order: what writes comes last, so that all others see the same usulan."""
BESIDE = {"memory of lists": "map page"}
"""In the quick form beside another: one reads memory, the other the processor time of tasks."""


def main() -> None:
    """Measure, and write the table."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended too
    asked = _asked()
    count = asked.count or (QUICK if asked.quick else FULL)
    home = Settings().state_dir / "bench"
    folder = home / f"{count}-{asked.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    kept = Kept(folder / "rows.json")
    if asked.anew:
        kept.path.unlink(missing_ok=True)
    began = time.monotonic()
    python = peer_python(home)
    with staged(folder, seed=asked.seed, count=count, quick=asked.quick) as stage:
        stage.python = python
        failed = run_groups(_turns(stage, asked.only), kept)
    if asked.only:
        return
    title = "Speed and size, quick" if asked.quick else "Speed and size"
    done = kept.read()
    head = [
        "-".join(
            [str(asked.seed)]
            + ([str(asked.count)] if asked.count else [])
            + (["quick"] if asked.quick else [])
        ),
        f"# {title}: {count:,} usulan, seed {asked.seed}",
        "",
        f"`{_command(asked)}`, {time.monotonic() - began:.0f} s for the last start of it.",
        f"Revision {revisions(done)}; peers {', '.join(PYTHON_PEERS)}, the others of Debian.",
    ]
    path = write_report(RESULTS, head, table(done, failed))
    say(f"written: {path.relative_to(RESULTS.parent.parent)}")
    if failed:
        sys.exit(f"failed, and tried again by the same command: {', '.join(failed)}")
    kept.path.unlink()


def _turns(stage: Stage, only: list[str]) -> list[dict[str, Group]]:
    turns: dict[str, dict[str, Group]] = {}
    for name in only or GROUPS:
        leading = BESIDE.get(name, name) if stage.quick else name
        turns.setdefault(leading, {})[name] = partial(GROUPS[name], stage)
    return list(turns.values())


def _command(asked: argparse.Namespace) -> str:
    count = f" COUNT={asked.count}" if asked.count else ""
    return f"make bench SEED={asked.seed}{count}" + (" QUICK=1" if asked.quick else "")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("seed", nargs="?", type=int, default=DEFAULT_SEED)
    parser.add_argument("--count", type=int, metavar="USULAN")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--only", action="append", default=[], choices=list(GROUPS))
    return parser.parse_args()


if __name__ == "__main__":
    main()
