"""The server as it is started, behind a proxy that is listed: who is counted, and what is said over TLS."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from assistant.settings import Settings
from corpus.library import Library
from tests.browser.conftest import serving
from tests.web.small_assistant import SmallAssistant


@pytest.fixture(scope="module")
def behind(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), proxies="127.0.0.1, 10.0.0.0/8", questions_per_minute=2)
    with (
        serving(SmallAssistant(library), settings.data, settings=settings) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


def asked(client: httpx.Client, forwarded: str, times: int = 3) -> list[int]:
    headers = {"X-Forwarded-For": forwarded}
    return [client.post("/api/ask", json={"question": "budget?"}, headers=headers).status_code for _ in range(times)]


def test_each_person_behind_a_listed_proxy_is_a_client(behind: httpx.Client) -> None:
    assert asked(behind, "192.0.2.1") == [200, 200, 429]
    assert asked(behind, "192.0.2.2") == [200, 200, 429]


def test_what_a_person_claims_in_front_of_the_proxys_word_is_not_believed(behind: httpx.Client) -> None:
    """A proxy adds the address that it saw at the end; what stands before may be made up."""
    assert [asked(behind, f"198.51.100.{n}, 192.0.2.3", 1) for n in range(3)] == [[200], [200], [429]]
    assert asked(behind, "192.0.2.4, 10.1.2.3") == [200, 200, 429]


def test_an_office_with_an_address_block_is_one_client(behind: httpx.Client) -> None:
    assert [asked(behind, f"2001:db8:1:2::{n}", 1) for n in range(1, 4)] == [[200], [200], [429]]


def test_only_over_tls_is_it_said_that_it_is_always_tls(behind: httpx.Client) -> None:
    assert "strict-transport-security" not in behind.get("/healthz").headers
    assert (
        "max-age" in behind.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers["strict-transport-security"]
    )


def test_the_server_does_not_say_what_it_is(behind: httpx.Client) -> None:
    assert "server" not in behind.get("/healthz").headers


def test_connections_are_kept_and_close_by_themselves(behind: httpx.Client) -> None:
    responses = [behind.get("/healthz") for _ in range(3)]
    assert [response.status_code for response in responses] == [200] * 3
