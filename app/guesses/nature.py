"""What a table looks like that is no list of usulan, and which command takes such a table."""

from collections.abc import Collection, Mapping, Sequence

from app.guesses.columns import guess_columns, guess_without_header
from app.guesses.values import Column
from app.guesses.words import header_words

_TELLS_A_PROPOSAL = frozenset({"title", "problem", "category"})
_AREAS = ("kecamatan", "kelurahan", "rw", "rt")
_PEOPLE = frozenset({"penduduk", "jiwa", "kk", "keluarga", "population", "households"})
_BOUNDARIES = "batas wilayah dimuat dari berkas peta dengan: peta boundaries load"
_POPULATION = "jumlah penduduk dan KK tiap kode wilayah dimuat dengan: peta population load"


def why_no_list(columns: Sequence[Column], *, has_header: bool) -> str | None:
    """What a table of these columns looks like; None when it may be a list of usulan."""
    guesses = guess_columns(columns, lambda _text: False)
    if not has_header and not guesses:
        guesses = guess_without_header(columns)
    found = {guess.field: guess.column for guess in guesses}
    return no_list_words([column.name for column in columns], found)


def no_list_words(columns: Collection[str], fields: Mapping[str, str]) -> str | None:
    """The same of columns that are known to hold fields already (field to column)."""
    if _TELLS_A_PROPOSAL & fields.keys():
        return None
    people = [name for name in columns if _PEOPLE.intersection(header_words(name))]
    areas = [fields[level] for level in _AREAS if level in fields]
    if people:
        looks = f"daftar penduduk (kolom {_named(people)})"
        return f"{_not_a_list(looks)}; {_POPULATION}"
    if len(areas) > 1:
        levels = ", ".join(_LEVEL_NAMES[level] for level in _AREAS if level in fields)
        looks = f"daftar nama wilayah: {levels} (kolom {_named(areas)})"
        return (
            f"{_not_a_list(looks)}; nama wilayah tidak dimuat dari daftar seperti ini:"
            f" {_BOUNDARIES}; {_POPULATION}"
        )
    return None


_LEVEL_NAMES = {"kecamatan": "kecamatan", "kelurahan": "kelurahan", "rw": "RW", "rt": "RT"}


def _not_a_list(looks: str) -> str:
    return (
        f"berkas ini tampaknya {looks}, bukan daftar usulan, sebab tidak ada kolom judul,"
        " permasalahan atau kategori"
    )


def _named(columns: Sequence[str]) -> str:
    return ", ".join(column[:40] for column in columns[:6])
