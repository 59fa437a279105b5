"""Tests reach this machine only: an attempt to leave it fails where it is made."""

import ipaddress
import sys

CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class OutsideNetwork(RuntimeError):
    """A test tried to reach another machine."""


def close_outside_network() -> None:
    """Refuse, for the rest of this process, names to look up and addresses to connect to."""
    sys.addaudithook(_refuse_outside)


def _refuse_outside(event: str, arguments: tuple) -> None:
    if event in CONNECTING and not _stays_here(arguments[1]):
        raise OutsideNetwork(f"{event} to {arguments[1]!r}")
    if event == "socket.getaddrinfo" and not _is_local(arguments[0]):
        raise OutsideNetwork(f"looking up {arguments[0]!r}")


def _stays_here(address: object) -> bool:
    # Unix sockets have a path (text or bytes); a connected socket sends to no address at all.
    return not isinstance(address, tuple) or _is_local(address[0])


def _is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("idna")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False
