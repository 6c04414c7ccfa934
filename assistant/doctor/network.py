"""Prove that an answer needs no network: shut it, and ask."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from assistant.doctor.installation import Installation
from assistant.wiring import open_assistant

_PROBE = "Compare the roles and their budgets."


class NetworkUsedError(Exception):
    """Something tried to reach the network while it must not."""


def offline(installation: Installation) -> str:
    """See that a question is answered while no host can be looked up or reached; the index is built if need be."""
    settings = installation.settings
    own = urlsplit(settings.chroma_url).hostname
    with no_network(but=own):
        answer = open_assistant(settings).answer([_PROBE])
    blocked = f"every socket blocked but those to {own}" if own else "every socket blocked"
    return f"a question was answered ({answer.outcome.value}) with {blocked}"


def _addresses(host: str) -> set[str]:
    try:
        return {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return set()


@contextmanager
def no_network(but: str | None = None) -> Iterator[None]:
    """Make every attempt to look up or reach a host fail while the context lasts, with the exception of one."""
    allowed = {but, *_addresses(but)} if but else set()

    def only(call: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*called: Any, **named: Any) -> Any:
            host = called[1][0] if isinstance(called[0], socket.socket) else called[0]
            if host not in allowed:
                raise NetworkUsedError("Something tried to reach the network. Please report this.")
            return call(*called, **named)

        return checked

    before = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo
    guarded = only(before[0]), only(before[1]), only(before[2])
    socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = guarded  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = before  # type: ignore[method-assign]
