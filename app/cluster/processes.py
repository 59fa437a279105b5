"""Which running processes belong to a cluster, read from /proc."""

from pathlib import Path

PROC = Path("/proc")


def find_postmaster(data_dir: Path) -> int | None:
    """The process id in postmaster.pid when a live PostgreSQL of this very folder has it.

    After a crash the number may by now be another program's, or a dead child's that nobody
    has collected: neither counts.
    """
    try:
        pid = int((data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _is_alive(pid) and _serves(pid, data_dir) else None


def is_in_use(data_dir: Path) -> bool:
    """Whether any process works inside the folder, as every PostgreSQL process does."""
    return any(_works_in(entry, data_dir) for entry in PROC.glob("[0-9]*"))


def works_in(pid: int, data_dir: Path) -> bool:
    """Whether the process is there and works inside the folder.

    A postmaster that ends removes its postmaster.pid first, and is there for a while longer.
    """
    return _works_in(PROC / str(pid), data_dir)


def _serves(pid: int, data_dir: Path) -> bool:
    try:
        arguments = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return arguments[0].endswith(b"postgres") and str(data_dir).encode() in arguments


def _is_alive(pid: int) -> bool:
    try:
        status = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")


def _works_in(entry: Path, data_dir: Path) -> bool:
    try:
        return (entry / "cwd").readlink() == data_dir.resolve()
    except OSError:
        return False
