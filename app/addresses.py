"""What an address takes, whichever of its routes takes it."""

from starlette.requests import Request
from starlette.routing import Match

ANY_FILE = "/{name:path}"
"""The last route: it would take any address."""
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed_methods(request: Request) -> list[str]:
    """The methods that the address of a request takes; none where only a file may be."""
    named = [route for route in request.app.routes if getattr(route, "path", "") != ANY_FILE]
    found = [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL for route in named
        )
    ]
    return ["GET", "HEAD", *found[1:]] if "GET" in found else found
