"""Who is asking, as far as limits need to know: a name to count by, and a word for the log that is no address."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from enum import StrEnum

from starlette.types import Scope

_SIXTY_FOUR = 64  # one household or office gets so many bits of an IPv6 address; all that is in it is one client
_KEY = secrets.token_bytes(32)  # made anew at every start: what the log says cannot be turned back into an address

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Way(StrEnum):
    """How a request came."""

    DIRECT = "direct"
    LISTED_PROXY = "listed proxy"  # one of `ROLEWISE_PROXIES`
    UNKNOWN_PROXY = "unknown proxy"


def client_of(scope: Scope) -> str:
    """Return what a client is counted by: its IPv4 address, or the /64 network of its IPv6 address.

    Uvicorn has put the address of `X-Forwarded-For` in the place of a listed proxy's (`ROLEWISE_PROXIES`), and of
    nobody else's.
    """
    host = _host(scope)
    address = _address(host)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, _SIXTY_FOUR), strict=False))
    return str(address or host)


def is_at_home(scope: Scope) -> bool:
    """Tell whether a request comes from this machine itself, and not through a proxy that runs on it.

    What was forwarded by a proxy that is not listed counts as one client, so that a forgotten setting is noticed and
    opens nothing.
    """
    address = _address(_host(scope))
    return address is not None and address.is_loopback and way_of(scope) is Way.DIRECT


def way_of(scope: Scope) -> Way:
    """Tell whether a request was forwarded, and by whom, as far as `X-Forwarded-For` shows it.

    Uvicorn has put an address of that header in the place of a listed proxy's, and of nobody else's. Only to be told:
    nothing may be opened to whoever seems to come through a listed proxy, for anybody may write his own address there.
    """
    forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    if not forwarded:
        return Way.DIRECT
    named = {part.strip() for part in ",".join(forwarded).split(",")}
    named |= {part.rpartition(":")[0].strip("[]") for part in named}  # written with a port
    return Way.LISTED_PROXY if _host(scope) in named else Way.UNKNOWN_PROXY


def in_the_log(client: str) -> str:
    """Return eight characters that tell clients apart until the server stops, and say nothing else."""
    return hmac.new(_KEY, client.encode(), hashlib.sha256).hexdigest()[:8]


def _host(scope: Scope) -> str:
    return str((scope.get("client") or ("unknown", 0))[0])


def _address(host: str) -> Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
