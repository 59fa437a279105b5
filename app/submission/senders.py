"""How much one sender may send who leaves a contact.

Without a contact an usulan is held when many come (`floods.py`). With one it is shown, so the same
person is told to wait when he sends more than anybody types. Counted by the statement that stores
it, under digests that only the secret of the installation makes, so for all processes and restarts.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from typing import Any

from app.accounts.attempts import Bound, network_of
from app.submission.record import as_text
from app.submission.schemas import UsulanDraft

MOST_BY_CONTACT = 30
"""In a quarter of an hour: one every half minute."""
MOST_BY_ADDRESS = 300
"""Of contacts that one network address leaves; a kampung may have one, and so may a carrier."""
_COUNTRY = "62"


def bounds_of(draft: UsulanDraft, *, city_code: str, address: str) -> Sequence[Bound]:
    """Whose sendings are counted; nobody's for who leaves no contact.

    A telephone is the same however it is written. A name counts where nothing else is left, and
    for one city and network alone: many people are called so. The machine's own address is not
    counted: all who come through a proxy that was not named have it.
    """
    person = draft.proposer
    if person is None or draft.is_anonymous:
        return ()
    network, contacts = network_of(address), []
    if person.phone:
        contacts.append(("telepon", _number(person.phone)))
    if person.email:
        contacts.append(("surel", person.email.casefold()))
    if person.name and not contacts:
        contacts.append(("nama", f"{person.name.casefold()}\0{city_code}\0{network}"))
    bounds = [Bound(f"kirim {kind}", asker, MOST_BY_CONTACT) for kind, asker in contacts]
    if not _is_own_machine(address):
        bounds.append(Bound("kirim dari", network, MOST_BY_ADDRESS))
    return bounds


def senders_of(bounds: Sequence[Bound], secret: bytes) -> list[dict[str, Any]]:
    """As `submit.sql` takes them."""
    return [{"bucket": as_text(each.bucket(secret)), "most": each.most} for each in bounds]


def _number(phone: str) -> str:
    digits = re.sub(r"\D", "", phone).removeprefix("00")
    return digits.removeprefix(_COUNTRY).lstrip("0") or phone


def _is_own_machine(address: str) -> bool:
    try:
        told = ip_address(address)
    except ValueError:  # a socket of the machine, or nobody's
        return True
    within = told.ipv4_mapped if isinstance(told, IPv6Address) else None
    return (within or told).is_loopback
