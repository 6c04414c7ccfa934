"""Who is asking: what a client is counted by, and how a request came."""

from __future__ import annotations

import pytest
from starlette.types import Scope

from assistant.web.clients import Way, client_of, in_the_log, is_at_home, way_of
from tests.web.scopes import scope_of


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("some-name", "some-name"),
    ],
)
def test_what_a_client_is_counted_by(host: str, named: str) -> None:
    assert client_of(scope_of(host)) == named


@pytest.mark.parametrize(
    ("scope", "home"),
    [
        (scope_of("127.0.0.1"), True),
        (scope_of("::1"), True),
        (scope_of("127.0.0.1", x_forwarded_for="192.0.2.7"), False),
        (scope_of("192.0.2.7"), False),
        (scope_of("nonsense"), False),
    ],
)
def test_who_is_on_this_machine(scope: Scope, home: bool) -> None:
    assert is_at_home(scope) is home


@pytest.mark.parametrize(
    ("scope", "way"),
    [
        (scope_of("192.0.2.7"), Way.DIRECT),
        (scope_of("192.0.2.7", x_forwarded_for="192.0.2.7"), Way.LISTED_PROXY),
        (scope_of("192.0.2.7", x_forwarded_for="203.0.113.9, 192.0.2.7"), Way.LISTED_PROXY),
        (scope_of("192.0.2.7", x_forwarded_for="192.0.2.7:5000"), Way.LISTED_PROXY),
        (scope_of("2001:db8::1", x_forwarded_for="[2001:db8::1]:5000"), Way.LISTED_PROXY),
        (scope_of("10.0.0.1", x_forwarded_for="192.0.2.7"), Way.UNKNOWN_PROXY),
        (scope_of("10.0.0.1", x_forwarded_for="10.0.0.11"), Way.UNKNOWN_PROXY),
        (scope_of("10.0.0.1", x_forwarded_for=""), Way.UNKNOWN_PROXY),
    ],
)
def test_how_a_request_came(scope: Scope, way: Way) -> None:
    assert way_of(scope) is way


def test_the_log_tells_clients_apart_and_names_none() -> None:
    assert in_the_log("192.0.2.7") == in_the_log("192.0.2.7") != in_the_log("192.0.2.8")
    assert "192" not in in_the_log("192.0.2.7") or len(in_the_log("192.0.2.7")) == 8
