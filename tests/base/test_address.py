"""Whose request it is, behind as many proxies as there are and not one more."""

import pytest
from django.test import RequestFactory

from mingchuang.base.http import address_of

VISITOR, PROXY, INVENTED = "203.0.113.7", "10.0.0.1", "198.51.100.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", PROXY),
        (0, VISITOR, PROXY),
        (1, VISITOR, VISITOR),
        (1, f"{INVENTED}, {VISITOR}", VISITOR),
        (2, f"{VISITOR}, 10.0.0.2", VISITOR),
        (2, f"{INVENTED},{VISITOR} ,10.0.0.2", VISITOR),
        (1, "", PROXY),
        (2, VISITOR, PROXY),
        (1, f"{VISITOR}, ", PROXY),
    ],
)
def test_exactly_as_many_hops_are_trusted(proxies: int, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)

    assert address_of(request, proxies=proxies) == address


def test_without_any_header_it_is_who_is_connected() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=VISITOR)

    assert address_of(request, proxies=1) == VISITOR


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:DB8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_of_an_ipv6_address_only_the_network_counts(typed: str, address: str) -> None:
    connected = RequestFactory().get("/", REMOTE_ADDR=typed)
    forwarded = RequestFactory().get("/", REMOTE_ADDR=typed, HTTP_X_FORWARDED_FOR=typed)

    assert address_of(connected, proxies=0) == address
    assert address_of(forwarded, proxies=1) == address
