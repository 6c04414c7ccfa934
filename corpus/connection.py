"""Connections to public addresses only, checked on the very address that is connected to, with an end in time."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable

import httpcore

from corpus.article import CorpusError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 addresses as IPv6 networks write them


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, however it is written. Raise ValueError for none."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses only, and stops everything when the time is over."""

    def __init__(self, deadline: float, *, private: bool) -> None:
        """Stop at `deadline`, a time of `time.monotonic`; with `private`, connect to any address."""
        self._deadline = deadline
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the address that a name stands for now, and to no other.

        Raise CorpusError when it is not public, and what httpcore raises when it cannot be reached in time.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"the name {host[:100]} is not known") from error
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
        refused = [address for address in addresses if not self._private and not is_public(address)]
        if refused:
            raise CorpusError(
                f"{host[:100]} is at {refused[0]}, which is no public address. "
                "Set ROLEWISE_ALLOW_PRIVATE_ADDRESSES=true to fetch from your own network."
            )
        stream = httpcore.SyncBackend().connect_tcp(addresses[0], port, _left(self._deadline, timeout), local_address)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline, so that a server cannot drip for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, in the time that is left."""
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write in the time that is left."""
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Encrypt the connection in the time that is left."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(stream, self._deadline)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return min(left, timeout or left)
