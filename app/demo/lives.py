"""What becomes of an usulan: a walk through the status table, dated by the yearly calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.demo.phrasebook import read_phrases
from app.demo.plan import YEARS
from app.demo.seasons import DAY, Seasons, at_home, at_the_office, in_the_evening, instant, midnight
from app.usulan import workflow
from app.usulan.records import NewEvent

LONGEST = 24
CLOSED_AFTER_SILENCE = 0.55
"""Of the silent ones of finished years, the share that someone ends at last."""
_BACK = "kembali"
_RETURNED = "dikembalikan"
_OWN_CITY = (workflow.MITRA, workflow.OPD, workflow.BAPPEDA, workflow.TAPD)
_LEVEL_OF_ROLE = {
    workflow.WARGA: "rt",
    workflow.KETUA_RT: "rt",
    workflow.KETUA_RW: "rw",
    workflow.KELURAHAN: "kelurahan",
    workflow.KECAMATAN: "kecamatan",
    **dict.fromkeys(_OWN_CITY, "kota"),
}
# Days that pass where no forum sits, the usual number; the spread makes the tail long.
_USUAL_DAYS = {
    "dilaksanakan": 75,
    "selesai": 80,
    "dicoret_perubahan": 45,
    "dibatalkan": 20,
    "digabung": 14,
    "ditolak": 25,
    "belum_diakomodir": 24,
    "dialihkan": 21,
    "dikembalikan": 12,
}
_OTHER_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """What an usulan brings along into its life."""

    year: int
    created: int
    category: str
    codes: dict[str, str]
    """Area code by level."""
    in_season: bool
    """Sent before its year's forums; else it is treated whenever someone finds the time."""
    by_kelurahan: bool
    """Paid and built by the kelurahan, not by an agency."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The chances of every step and the reasons given, from `phrases/journey.toml`."""

    steps: Mapping[str, Sequence[tuple[str, float]]]
    reasons: Mapping[str, Mapping[str, Sequence[str]]]
    """Codes by outcome and category."""
    sentences: Mapping[str, Sequence[str]]


def read_journey(categories: Sequence[str]) -> Journey:
    content = read_phrases("journey")
    only = content["only"]
    return Journey(
        steps={status: tuple(chances.items()) for status, chances in content["steps"].items()},
        reasons={
            outcome: {
                category: [code for code in codes if category in only.get(code, (category,))]
                for category in categories
            }
            for outcome, codes in content["reasons"].items()
        },
        sentences=content["sentences"],
    )


class Lives:
    """Leads many usulan through their years.

    Parameters
    ----------
    journey
        Chances and reasons.
    seasons
        The calendar.
    last
        Nothing happens after this second.
    """

    def __init__(self, journey: Journey, seasons: Seasons, *, last: int) -> None:
        self._journey = journey
        self._seasons = seasons
        self._last = last

    def lead(self, birth: Birth, chances: Iterator[float]) -> list[NewEvent]:
        """The whole history up to the last day; `chances` are numbers from 0 to 1."""
        status, stage, second = workflow.FIRST_STATUS, None, birth.created
        came_from = status
        events = [self._submission(birth)]
        while len(events) < LONGEST:
            target = self._next(status, came_from, birth, chances)
            if target is None:
                break
            role = self._role(status, target, birth, chances)
            second = self._when(birth, status, target, second, chances)
            if second > self._last:
                break
            if target == _RETURNED:
                came_from = status
            stage = workflow.stage_after(target, stage)
            events.append(self._event(birth, target, role, (second, stage), chances))
            status = target
        return events

    def _submission(self, birth: Birth) -> NewEvent:
        return NewEvent(
            at=instant(birth.created),
            kind=workflow.SUBMISSION,
            status=workflow.FIRST_STATUS,
            actor_role=workflow.WARGA,
            actor_area=_actor_area(workflow.WARGA, birth),
            stage=None,
        )

    def _next(
        self, status: str, came_from: str, birth: Birth, chances: Iterator[float]
    ) -> str | None:
        """The next status; None where nobody does anything any more."""
        left = next(chances)
        for target, chance in self._journey.steps.get(status, ()):
            left -= chance
            if left < 0:
                if target == _BACK:
                    return came_from if came_from in workflow.MOVES[_RETURNED] else "verifikasi_kel"
                if target == "disepakati_rt" and "rt" not in birth.codes:
                    return "verifikasi_kel"
                return target
        closing = _closing(status)
        if birth.year < YEARS[-1] and closing and next(chances) < CLOSED_AFTER_SILENCE:
            return closing
        return None

    def _role(self, status: str, target: str, birth: Birth, chances: Iterator[float]) -> str:
        roles = workflow.MOVES[status][target]
        if roles == (workflow.KELURAHAN, workflow.OPD):
            return roles[0] if birth.by_kelurahan else roles[1]
        fitting = [role for role in roles if role != workflow.KETUA_RT or "rt" in birth.codes]
        return fitting[int(next(chances) * len(fitting))]

    def _when(
        self, birth: Birth, status: str, target: str, second: int, chances: Iterator[float]
    ) -> int:
        sitting = None
        if birth.in_season:
            sitting = self._seasons.sitting(birth.year, target, birth.codes)
        tail = _long_tail(next(chances))
        if sitting is not None and sitting > second - 30 * DAY:
            # Minutes are entered in the days after the forum, now and then much later.
            day = max(sitting, second + DAY) + int(2.2 * tail * DAY)
        else:
            usual = _USUAL_DAYS.get(target, _OTHER_DAYS)
            day = max(second, self._opening(birth, target)) + int((1 + usual * tail) * DAY)
        place = next(chances)
        if target.startswith("disepakati"):
            return max(in_the_evening(day, place), second + 3_600)
        if target == "dibatalkan" or status == "selesai":
            return max(at_home(day, place), second + 3_600)
        return max(at_the_office(day, place), second + 3_600)

    @staticmethod
    def _opening(birth: Birth, target: str) -> int:
        """Nothing is built before the money is there, nothing is cut before it is revised."""
        if target == "dilaksanakan":
            return midnight(birth.year, 2, 10)
        if target == "dicoret_perubahan":
            return midnight(birth.year, 7, 20)
        return 0

    def _event(
        self,
        birth: Birth,
        target: str,
        role: str,
        placed: tuple[int, str | None],
        chances: Iterator[float],
    ) -> NewEvent:
        second, stage = placed
        code = sentence = None
        if workflow.needs_reason(target):
            codes = self._journey.reasons[target][birth.category]
            code = codes[int(next(chances) * len(codes))]
            sentences = self._journey.sentences[code]
            sentence = sentences[int(next(chances) * len(sentences))]
        return NewEvent(
            at=instant(second),
            kind=_kind(target, role),
            status=target,
            actor_role=role,
            stage=stage,
            actor_area=_actor_area(role, birth),
            reason_code=code,
            reason=sentence,
        )


def _closing(status: str) -> str | None:
    """How someone ends a silence at last."""
    for target in ("belum_diakomodir", "dicoret_perubahan"):
        if target in workflow.MOVES[status]:
            return target
    return None


def _kind(target: str, role: str) -> str:
    if role != workflow.WARGA:
        return "keputusan"
    return "penarikan" if target == "dibatalkan" else "tanggapan"


def _actor_area(role: str, birth: Birth) -> str:
    wanted = _LEVEL_OF_ROLE[role]
    if wanted in birth.codes:
        return birth.codes[wanted]
    return birth.codes[next(reversed(birth.codes))]


def _long_tail(chance: float) -> float:
    """A factor around 1 whose tail is long: one in twenty above 4, one in a hundred above 9."""
    return float(0.35 * (1.0 / max(1.0 - chance, 0.01)) ** 0.78)
