"""From where attempts come, as far as an address tells."""

from datetime import UTC, datetime

import pytest

from app.accounts import service
from app.accounts.attempts import network_of
from app.accounts.service import Asking


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_address_counts_with_all_that_its_holder_has(address, network):
    assert network_of(address) == network


def test_who_signs_in_from_another_address_of_his_network_begins_no_new_count():
    def bounds(address: str) -> list:
        asking = Asking(address, "Firefox", datetime(2026, 3, 2, tzinfo=UTC), b"for tests")
        return service._bounds("sri@contoh.id", asking)

    assert bounds("2001:db8:1:2::1") == bounds("2001:db8:1:2:ffff::9")
    assert bounds("2001:db8:1:2::1") != bounds("2001:db8:1:3::1")
