"""Failures that are nobody's mistake, in words: a database that is gone, a disk that is full."""

import errno
from collections.abc import Mapping, Sequence

UNSAVED = "Yang belum selesai tidak disimpan; jalankan lagi perintah yang sama."
_UNCHANGED = "Perintah ini hanya memeriksa; tidak ada yang diubah."
_READING = frozenset(
    {
        ("check",),
        ("boundaries", "check"),
        ("boundaries", "diff"),
        ("boundaries", "list"),
        ("city", "list"),
        ("db", "status"),
        ("db", "url"),
        ("usulan", "categories"),
        ("usulan", "unplaced"),
    }
)
_GONE = "Sambungan ke basis data terputus di tengah pekerjaan."
_UNREACHED = "Basis data tidak dapat dihubungi."
_OF_STATES: Mapping[str, str] = {
    "53100": "Penyimpanan basis data penuh; kosongkan sebagian dahulu.",
    "40P01": "Basis data sedang dipakai perintah lain.",
    "55P03": "Basis data sedang dipakai perintah lain.",
    "57014": "Basis data sedang dipakai perintah lain.",
}
_OF_ERRNO: Mapping[int, str] = {
    errno.ENOSPC: "penyimpanan penuh",
    errno.EDQUOT: "jatah penyimpanan habis",
    errno.EROFS: "penyimpanan itu hanya dapat dibaca",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "ada berkas di tempat folder",
    errno.EEXIST: "sudah ada di sana",
    errno.ENOENT: "tidak ada",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EIO: "penyimpanan rusak atau terputus",
}


def unfinished(arguments: Sequence[str]) -> str:
    """What is left of a command that was ended on the way."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    reads = _READING & {tuple(words[:1]), tuple(words[:2])}
    return _UNCHANGED if reads or "--dry-run" in arguments else UNSAVED


def reason_of(error: Exception) -> str:
    """What a person is told; the words of the system stand behind ours."""
    from psycopg import OperationalError
    from sqlalchemy.exc import DBAPIError

    origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(origin, OperationalError):
        return _database_words(origin)
    if isinstance(error, OSError) and error.errno is not None:
        name = f" {str(error.filename)!r}" if error.filename else ""
        return f"Gagal{name}: {disk_words(error)}. {UNSAVED}"
    return str(error).strip() or type(error).__name__


def disk_words(error: OSError) -> str:
    """Why a file cannot be read or written, as the end of a sentence."""
    return _OF_ERRNO.get(error.errno or 0, error.strerror or str(error))


def _database_words(error: Exception) -> str:
    told = str(error).strip()
    usual = _UNREACHED if told.startswith("connection") else _GONE
    words = _OF_STATES.get(getattr(error, "sqlstate", None) or "", usual)
    first = told.split("\n", 1)[0]
    return f"{words} {UNSAVED}\n({first})" if first else f"{words} {UNSAVED}"
