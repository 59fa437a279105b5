"""What is said of files of the reference map, in Indonesian."""

from collections.abc import Mapping

from app.areas.boundary_words import REFUSALS
from app.base.features import BaseRefusal
from spatial.boundaries.flaws import Refusal

KIND_NAMES: Mapping[str, str] = {
    "road": "jalan",
    "river": "sungai",
    "rail": "rel",
    "landmark": "tempat",
}

_OWN: Mapping[BaseRefusal, str] = {
    BaseRefusal.NOT_A_LINE: "bukan garis (sungai boleh juga bidang)",
    BaseRefusal.NOT_A_PLACE: "bukan titik atau bidang",
    BaseRefusal.SEVERAL_PLACES: "beberapa titik dalam satu baris; tulis satu titik tiap baris",
    BaseRefusal.NO_LENGTH: "garis tanpa panjang",
    BaseRefusal.NO_NAME: "tempat tanpa nama",
}


def refusal_words(refusal: Refusal | BaseRefusal) -> str:
    return _OWN[refusal] if isinstance(refusal, BaseRefusal) else REFUSALS[refusal]
