"""The network is shut while the doctor asks."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from assistant.doctor.network import NetworkUsedError, no_network
from tests.assistant.conftest import Command


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    """The address of a server on this machine that takes every connection."""
    with socket.create_server(("127.0.0.1", 0), backlog=5000) as listening:
        yield listening.getsockname()


def test_no_host_is_looked_up_or_reached_while_the_network_is_shut(server: tuple[str, int]) -> None:
    with no_network():
        for reach in (
            lambda: socket.create_connection(server, timeout=5),
            lambda: socket.socket().connect(server),
            lambda: socket.socket().connect_ex(server),
            lambda: socket.getaddrinfo("localhost", 80),
        ):
            with pytest.raises(NetworkUsedError, match="tried to reach the network"):
                reach()
    socket.create_connection(server, timeout=5).close()


def test_the_one_host_that_is_excepted_is_reached_and_no_other(server: tuple[str, int]) -> None:
    with no_network(but="localhost"):
        socket.create_connection(server, timeout=5).close()
        with pytest.raises(NetworkUsedError):
            socket.create_connection(("127.0.0.2", server[1]), timeout=5)


def test_the_network_is_shut_while_the_doctor_asks(rolewise: Command, free_port: int, server: tuple[str, int]) -> None:
    reached, done = Counter[str](), threading.Event()

    def reach_out() -> None:
        """Do all along what no part of an answer may do."""
        while not done.wait(0.01):
            try:
                socket.create_connection(server, timeout=5).close()
                reached["reached"] += 1
            except NetworkUsedError:
                reached["refused"] += 1

    stranger = threading.Thread(target=reach_out)
    stranger.start()
    try:
        ran = rolewise("doctor", port=free_port)
    finally:
        done.set()
        stranger.join()
    assert "with every socket blocked" in ran.out
    assert reached["refused"] > 0
    assert reached["reached"] > 0, "before and after"
