"""Plain routes that leave their pattern in the scope, as FastAPI's own do, for log and metrics."""

from starlette.routing import Route
from starlette.types import Receive, Scope, Send


class PlainRoute(Route):
    """A Starlette route; cheaper than FastAPI's where nothing is to be validated."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self
        await super().handle(scope, receive, send)
