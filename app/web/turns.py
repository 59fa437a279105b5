"""A crowd that comes at once is let in a few at a time, so that others get a word in between."""

import asyncio
from collections import deque

MOST_A_ROUND = 8
"""Each takes the processor for about a millisecond before it waits for something."""


class Turns:
    """Lets so many requests begin in each round of the event loop; the rest wait in line.

    Without it five hundred that come together are all begun before anything else is: for half a
    second nobody is answered, not even whoever asks whether the process is alive.
    """

    def __init__(self, most: int = MOST_A_ROUND) -> None:
        self._most = self._left = most
        self._line: deque[asyncio.Future[None]] = deque()
        self._is_called = False

    async def take(self) -> None:
        """Wait for one's turn, behind whoever came before."""
        if self._left and not self._line:
            self._left -= 1
            self._call()
            return
        turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        self._call()
        await turn

    def _call(self) -> None:
        if not self._is_called:
            self._is_called = True
            asyncio.get_running_loop().call_soon(self._next_round)

    def _next_round(self) -> None:
        self._is_called = False
        self._left = self._most
        while self._left and self._line:
            turn = self._line.popleft()
            if not turn.done():  # else whoever waited has gone away
                turn.set_result(None)
                self._left -= 1
        if self._line:
            self._call()
