"""Where submissions are taken: in one sending to the database once their city is known here.

Whatever memory cannot say, or says no longer, goes the long way, which asks for everything.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cachetools import LRUCache

from app.areas.indexes import AreaIndexes
from app.cities.recent import RecentCities
from app.database import Database
from app.errors import DomainError, TooOften
from app.submission import queries, service
from app.submission.floods import Floods
from app.submission.queries import Outcome, Received, Sheet
from app.submission.rounds import Rounds
from app.submission.schemas import UsulanDraft
from app.submission.service import Known, Sending

_MOST_KNOWN = 2_000
"""Categories of cities."""


class SubmissionDesk:
    """Takes the submissions of one process."""

    def __init__(self, database: Database, cities: RecentCities) -> None:
        self._database = database
        self._cities = cities
        self._floods = Floods(database)
        self._rounds = Rounds(self._send)
        self._areas = AreaIndexes(database.public_loading)
        self._received: LRUCache[tuple[str, str], Received] = LRUCache(_MOST_KNOWN)

    async def take(self, draft: UsulanDraft, sending: Sending) -> dict[str, Any]:
        """The answer to a submission that is stored, committed by now."""
        if draft.is_anonymous:
            held = await self._floods.holds(sending.city_code, sending.now)
            sending = replace(sending, holds_anonymous=held)
        answer = await self._take_at_hand(draft, sending)
        if answer is None:
            answer = await self._take_asking(draft, sending)
        # The next answer of this process shows it.
        self._cities.forget()
        return answer

    async def close(self) -> None:
        """End what is under way."""
        await self._rounds.close()
        await self._floods.close()
        await self._areas.close()

    async def _send(self, sheets: Sequence[Sheet]) -> list[Outcome]:
        async with self._database.writing_at_once() as connection:
            return await queries.submit(connection, sheets)

    async def _take_at_hand(self, draft: UsulanDraft, sending: Sending) -> dict[str, Any] | None:
        received = self._received.get((sending.city_code, draft.category))
        areas = received and self._areas.at_hand(received.city)
        if received is None or areas is None:
            return None
        known = Known(received, areas)
        try:
            return await service.submit_at_hand(self._rounds.write, known, draft, sending)
        except TooOften:
            raise
        except DomainError:
            # What is refused is refused by what is so, not by what was.
            return None

    async def _take_asking(self, draft: UsulanDraft, sending: Sending) -> dict[str, Any]:
        async with self._database.writing_line() as connection:
            received = await queries.receive(connection, sending.city_code, draft.category)
            answer = await service.submit(connection, received, draft, sending)
        self._received[sending.city_code, draft.category] = received
        self._areas.gather_soon(received.city)
        return answer
