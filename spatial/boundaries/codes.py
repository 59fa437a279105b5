"""Area codes of Kemendagri, with our own parts for RW and RT, read strictly.

`33.72` is a kota or kabupaten, `33.72.05` a kecamatan, `33.72.05.1015` a kelurahan or desa,
`33.72.05.1015-012` an RW, `33.72.05.1015-012-003` an RT. An RT that belongs to no RW has
`000` in its place. `31.00.x01` and `31.00.x01.x0001` are provisional codes of areas whose
official ones are not known. `31.00` stands for DKI Jakarta as a whole, so the codes of its
kota, `31.71` and on, lie in it.
Source: Kepmendagri 300.2.2-2138/2025; design paper, section 4.1.
"""

import re

from spatial.boundaries.flaws import FeatureRefused, Refusal

# An x begins the number of an area that has no official code yet.
_KECAMATAN = r"\d{2}\.\d{2}\.(?:\d{2}|x\d{2})"
_KELURAHAN = rf"{_KECAMATAN}\.(?:\d{{4}}|x\d{{4}})"
_PATTERNS = {
    "kota": re.compile(r"\d{2}\.\d{2}"),
    "kecamatan": re.compile(rf"{_KECAMATAN}"),
    "kelurahan": re.compile(rf"{_KELURAHAN}"),
    "rw": re.compile(rf"{_KELURAHAN}-\d{{3}}"),
    "rt": re.compile(rf"{_KELURAHAN}-\d{{3}}-\d{{3}}"),
}
_LOST_ZERO = re.compile(r"\d{1,2}\.\d")
_NO_RW = "000"
_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}


def read_code(value: object, *, level: str, city: str) -> str:
    """A code of one level in one city, as it must be, or the reason it is not.

    Parameters
    ----------
    value
        As the file had it.
    level
        One of the five levels.
    city
        Code of the city that the area must lie in.

    Returns
    -------
    code
        Without blanks around it.

    Raises
    ------
    FeatureRefused
        When it is missing, was a number, or belongs to another level, city or scheme.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise FeatureRefused(Refusal.CODE_WAS_A_NUMBER)
    if not isinstance(value, str) or not value.strip():
        raise FeatureRefused(Refusal.NO_CODE)
    code = value.strip()
    if not _PATTERNS[level].fullmatch(code):
        raise FeatureRefused(_misfit(code))
    if code != city and not code.startswith(f"{_stem(city)}."):
        raise FeatureRefused(Refusal.CODE_OF_ANOTHER_CITY)
    return code


def _stem(city: str) -> str:
    """What codes in a city begin with; a province that is one city has all of its kota."""
    return city.removesuffix(".00")


def _misfit(code: str) -> Refusal:
    if any(pattern.fullmatch(code) for pattern in _PATTERNS.values()):
        return Refusal.CODE_OF_ANOTHER_LEVEL
    if _LOST_ZERO.fullmatch(code):
        return Refusal.CODE_WAS_A_NUMBER
    return Refusal.CODE_OF_ANOTHER_SCHEME


def find_intended_code(value: object) -> str | None:
    """The code that was probably meant by one that lost zeros or dots; for a hint only.

    Parameters
    ----------
    value
        As the file had it: 33.1, "33.1", 3372, "3372051015".

    Returns
    -------
    code
        ``33.10``, ``33.72``, ``33.72.05.1015``; None when there is nothing to guess from.
    """
    if isinstance(value, float):
        return f"{value:05.2f}"
    digits = re.sub(r"\D", "", str(value))
    if isinstance(value, str) and _LOST_ZERO.fullmatch(value.strip()):
        return f"{float(value):05.2f}"
    if len(digits) in (4, 6, 10):
        parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
        return ".".join(part for part in parts if part)
    return None


def level_of(code: str) -> str | None:
    """The level that a code is written for.

    Parameters
    ----------
    code
        Any text.

    Returns
    -------
    level
        One of the five levels, or None when it is no code.
    """
    fitting = (level for level, pattern in _PATTERNS.items() if pattern.fullmatch(code))
    return next(fitting, None)


def parent_code(code: str) -> str | None:
    """The code of the area above: of an RT its RW, of an RT without RW its kelurahan.

    Parameters
    ----------
    code
        A code of any level.

    Returns
    -------
    parent
        None above a kota.
    """
    if "-" in code:
        parent, number = code.rsplit("-", 1)[0], code.split("-")[1]
        return parent.split("-")[0] if number == _NO_RW else parent
    return code.rsplit(".", 1)[0] if code.count(".") > 1 else None


def kind_of(code: str) -> str | None:
    """Whether a kelurahan code is of a kelurahan, desa or desa adat.

    Parameters
    ----------
    code
        A code of any level.

    Returns
    -------
    kind
        By the first of its last four digits; None at other levels.
    """
    if level_of(code) != "kelurahan":
        return None
    return _KINDS.get(code.rsplit(".", 1)[1][0])


def is_provisional(code: str) -> bool:
    """Whether a code stands in for an official one that is not known.

    Parameters
    ----------
    code
        A code of any level.

    Returns
    -------
    provisional
        By the x in its last number; the RW beneath a provisional kelurahan are none.
    """
    return code.rsplit(".", 1)[-1].startswith("x") and "-" not in code
