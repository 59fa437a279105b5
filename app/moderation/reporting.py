"""What reporters do to their own usulan: answer what they were asked, and withdraw it."""

from app.cities.queries import City
from app.errors import MoveNotAllowed, NotFound
from app.moderation import queries
from app.moderation.service import write
from app.moderation.sitting import Sitting, calendar_of, city_of_number
from app.moderation.steps import ANSWER, WITHDRAWAL, Standing, Step
from app.moderation.tracking import may_reply, origin_of
from app.rows import AnyRow
from app.submission.queries import find_tracked
from app.usulan.codes import tracking_hash
from app.usulan.workflow import MOVES, WARGA, allowed_moves, stage_after

WITHDRAWN = ("A15", "Dibatalkan oleh pengusulnya.")


async def reply(sitting: Sitting, code: str, words: str) -> None:
    """Answer an open question: the usulan goes back to whoever asked.

    Raises NotFound for a code that nobody was given, MoveNotAllowed where nothing was asked, or
    not any more.
    """
    city, standing = await find_own(sitting, code)
    row = standing.row
    calendar = await calendar_of(sitting.connection, city, sitting.now)
    events = await queries.read_whole_history(sitting.connection, row.city_id, row.usulan_id)
    origin = origin_of(events)
    if not may_reply(row.status, row.question, origin) or row.due < calendar.today:
        raise _not_allowed(row, ANSWER)
    await write(sitting, standing, _answered(row, str(origin), words))


def _answered(row: AnyRow, origin: str, words: str) -> Step:
    stage = stage_after(origin, row.stage)
    return Step(ANSWER, WARGA, row.area_code, to_status=origin, stage=stage, answer=words)


async def withdraw(sitting: Sitting, code: str) -> None:
    """Take an usulan back, as long as the status table lets its reporter."""
    _, standing = await find_own(sitting, code)
    row = standing.row
    if "dibatalkan" not in allowed_moves(row.status, WARGA):
        raise _not_allowed(row, "dibatalkan")
    reason_code, reason = WITHDRAWN
    step = Step(
        WITHDRAWAL,
        WARGA,
        row.area_code,
        to_status="dibatalkan",
        stage=stage_after("dibatalkan", row.stage),
        reason_code=reason_code,
        reason=reason,
    )
    await write(sitting, standing, step)


async def find_own(sitting: Sitting, code: str) -> tuple[City, Standing]:
    """The usulan of a tracking code, locked."""
    connection, digest = sitting.connection, tracking_hash(code)
    found = None if digest is None else await find_tracked(connection, digest)
    if found is None:
        raise NotFound
    city = await city_of_number(connection, found.number)
    calendar = await calendar_of(connection, city, sitting.now)
    row = await queries.find_for_staff(connection, city.city_id, found.number, calendar, lock=True)
    if row is None:
        raise NotFound
    last = await queries.get_last_event(connection, city.city_id, row.usulan_id)
    return city, Standing(row, last)


def _not_allowed(row: AnyRow, target: str) -> MoveNotAllowed:
    own = [status for status in MOVES[row.status] if status in allowed_moves(row.status, WARGA)]
    return MoveNotAllowed(facts={"status": row.status, "target": target}, members={"allowed": own})
