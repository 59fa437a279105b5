"""Whoever acts does so under roles that hold when the act is stored, not only when it was asked."""

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.permissions import Actor
from app.errors import NotPermitted
from app.lines import fetch
from app.statements import load_text


async def hold_roles(connection: AsyncConnection, actor: Actor) -> None:
    """Keep the actor's roles from being taken back until this transaction ends.

    Raises NotPermitted once one of them was, or his sign-in, key or account has ended: an act on
    many takes a while, and one on an usulan that another works on waits. Nobody in particular
    (a reporter with his code) has nothing to lose.
    """
    if actor.account_id is None:
        return
    values = {"account_id": actor.account_id, "session_id": actor.session_id}
    rows = await fetch(connection, load_text("accounts", "hold_roles"), values)
    held = {(row.role, row.city_id, row.area_code, frozenset(row.fields)) for row in rows}
    for grant in actor.grants:
        if (grant.role, grant.city_id, grant.area_code, frozenset(grant.fields)) not in held:
            raise NotPermitted
