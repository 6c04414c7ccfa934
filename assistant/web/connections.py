"""Connections that take too long, and too many of them. What Uvicorn does not bound by itself."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Sequence
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.settings import Settings
from assistant.web.rates import refusal

HEAD_SECONDS = 10.0  # from the first byte of a request, or from the connection, to the end of its headers
STALLED_SECONDS = 30.0  # a client that reads nothing of what is written for so long is gone
IDLE_SECONDS = 5  # between two requests on one connection
MOST_CONNECTIONS = 500  # a process may open 1,024 files where nobody changed that
MOST_OF_ONE_PEER = 100  # a browser opens six; proxies and this machine itself are not counted
LONGEST_HEAD = 32 * 1024  # bytes of request line and headers

Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


class GuardedProtocol(H11Protocol):
    """HTTP/1.1 of Uvicorn, with deadlines for the head of a request and for reading the response."""

    trusted: Networks = ()  # whose connections stand for many people
    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count the connection; beyond the limit it is answered 503, far beyond it not at all."""
        super().connection_made(transport)
        if len(self.connections) > 2 * MOST_CONNECTIONS:
            transport.abort()
        elif len(self.connections) > MOST_CONNECTIONS or self._of_this_peer() > MOST_OF_ONE_PEER:
            self.app = _send_away
        self._start_timer()

    def data_received(self, data: bytes) -> None:
        """Take what came; a request whose head is not complete must become so in time."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_timer()
        elif self._timer is None:
            self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the timers."""
        self._stop_timer()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Give the client a while to read on."""
        super().pause_writing()
        self._stalled = self._stalled or self.loop.call_later(STALLED_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Take note that it reads."""
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None
        super().resume_writing()

    def _start_timer(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _of_this_peer(self) -> int:
        host = _host(self)
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return 0
        if address.is_loopback or any(address in network for network in self.trusted):
            return 0
        return sum(1 for other in self.connections if isinstance(other, H11Protocol) and _host(other) == host)


def _host(connection: H11Protocol) -> str:
    return connection.client[0] if connection.client else ""


async def _send_away(scope: Scope, receive: Receive, send: Send) -> None:
    response = refusal(503, "The server has too many connections. Try again in {seconds} seconds.", 5)
    response.headers["Connection"] = "close"
    await response(scope, receive, send)


def server_config(app: FastAPI, settings: Settings, **more: Any) -> uvicorn.Config:
    """Return how Uvicorn serves the app: bounded in time and number, and saying nothing by itself."""

    class Protocol(GuardedProtocol):
        trusted = networks(settings.proxies)

    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        http=Protocol,
        ws="none",  # nothing of ours needs a socket
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=[str(network) for network in networks(settings.proxies)],
        timeout_keep_alive=IDLE_SECONDS,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        server_header=False,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=10,
        **more,
    )


def networks(listed: str) -> Networks:
    """Return the addresses and networks of a list with commas; raise ValueError for one that is none."""
    return tuple(ipaddress.ip_network(part) for part in _parts(listed))


def _parts(listed: str) -> Sequence[str]:
    return [part.strip() for part in listed.split(",") if part.strip()]
