"""Where the server may listen: on this machine alone unless names are set, and where nobody else does."""

from __future__ import annotations

import socket

from assistant.settings import Settings, SettingsError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_hosts(settings: Settings) -> None:
    """Raise SettingsError for an address that others reach while no host names are set."""
    if settings.host not in LOOPBACK and not settings.hosts:
        raise SettingsError(
            f"{settings.host} can be reached by others. Set ROLEWISE_HOSTS to the names to serve, or use 127.0.0.1."
        )


def check_free(settings: Settings) -> None:
    """Raise SettingsError for an address that this machine does not have, or a port that is taken."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        raise SettingsError(
            f"{settings.host}:{settings.port} cannot be used ({error.strerror or error}). Choose another with --port."
        ) from error
