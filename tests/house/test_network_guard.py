import asyncio
import socket

import pytest

from tests.network import OutsideNetwork


def test_another_machine_cannot_be_reached():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outside:
        outside.settimeout(1)

        with pytest.raises(OutsideNetwork):
            outside.connect(("192.0.2.1", 80))


def test_a_name_of_another_machine_is_not_looked_up():
    with pytest.raises(OutsideNetwork):
        socket.getaddrinfo("example.org", 443)


def test_a_datagram_to_another_machine_is_not_sent():
    with (
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as outside,
        pytest.raises(OutsideNetwork),
    ):
        outside.sendto(b"halo", ("2001:db8::1", 53))


async def test_asynchronous_code_cannot_reach_another_machine():
    with pytest.raises(OutsideNetwork):
        await asyncio.open_connection("192.0.2.1", 80)


def test_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname(), timeout=60) as caller,
    ):
        assert caller.getpeername() == listening.getsockname()
