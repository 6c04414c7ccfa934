"""Nobody gets into the desk without having signed in, and signing in cannot be forced, guessed or borrowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.testclient import TestClient
from typer.testing import CliRunner

from assistant.cli import app as command
from assistant.records.opening import open_database
from assistant.reviews.passwords import PasswordError, check_hash, hash_password, is_password
from assistant.settings import Settings
from assistant.web.desk.attempts import CLIENT_TRIES, TRIES, WINDOW_SECONDS, Attempts
from assistant.web.desk.sessions import IDLE_SECONDS, LONGEST_SECONDS, MOST_SESSIONS, Sessions
from assistant.web.desk.sign_in import within
from corpus.library import Library
from tests.web.desk.conftest import Desk
from tests.web.desk.signing_in import HERE, PAGE, PASSWORD, desk_alone, desk_settings, password_hash, sign_in, token_of
from tests.web.small_assistant import SmallAssistant

SECRET = "between-the-proxy-and-us"
Opened = Callable[..., TestClient]


@pytest.fixture
def opened(library: Library, tmp_path: Path) -> Iterator[Opened]:
    """A client of a fresh server with these settings."""
    database = open_database(tmp_path, None)

    def make(settings: Settings | None = None) -> TestClient:
        app = desk_alone(settings or desk_settings(tmp_path), SmallAssistant(library), database)
        return TestClient(app, base_url=HERE, follow_redirects=False)

    yield make
    database.close()


def addresses(client: TestClient) -> list[tuple[str, str]]:
    """Every method and path of every route under /review."""
    routers = [router.original_router for router in client.app.routes if hasattr(router, "original_router")]  # type: ignore[attr-defined]
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    assert {route.path.split("/")[1] for route in routes} == {"review"}
    return sorted((method, re.sub(r"\{[^}]*\}", "0", route.path)) for route in routes for method in route.methods)


def test_until_it_is_set_up_every_route_is_closed_and_says_how_to_open_it(opened: Opened, tmp_path: Path) -> None:
    client = opened(Settings(data=tmp_path))
    assert len(addresses(client)) > 20
    for method, path in addresses(client):
        answer = client.request(method, path, headers=PAGE)
        assert answer.status_code == 403, (method, path)
        assert method == "HEAD" or "rolewise reviewers password" in answer.text
    assert client.get("/review").json()["status"] == 403


def test_no_route_answers_without_sign_in(opened: Opened) -> None:
    client = opened()
    for method, path in addresses(client):
        if path == "/review/sign-in":
            continue
        as_page = client.request(method, path, headers=PAGE)
        as_object = client.request(method, path, headers={"Origin": HERE})
        expected = 303 if method in {"GET", "HEAD"} else 401
        assert as_page.status_code == expected, (method, path)
        assert as_object.status_code == 401, (method, path)
        assert as_page.headers.get("location", "/review/sign-in").startswith("/review/sign-in")
        assert "set-cookie" not in as_page.headers


def test_the_password_opens_the_desk_and_the_cookie_is_out_of_reach(opened: Opened) -> None:
    client = opened()
    answer = sign_in(client, to="/review/figures?days=7")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/figures?days=7")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/review;" in cookie
    assert "secure" not in cookie
    assert client.get("/review/approved", headers=PAGE).status_code == 200
    assert client.get("/review/sign-in", headers=PAGE).headers["location"] == "/review"


def test_behind_tls_the_cookie_is_for_tls_alone(opened: Opened) -> None:
    headers = {**PAGE, "Origin": "https://127.0.0.1", "Host": "127.0.0.1"}
    answer = opened().post("/review/sign-in", data={"name": "A", "password": PASSWORD}, headers=headers)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_signing_out_ends_the_session_for_good(opened: Opened) -> None:
    client = opened()
    sign_in(client)
    key = client.cookies["rolewise-review"]
    assert client.post("/review/sign-out", data={"token": token_of(client)}, headers=PAGE).status_code == 303
    client.cookies.set("rolewise-review", key, path="/review")
    assert client.get("/review", headers=PAGE).status_code == 303


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ({"Origin": HERE}, {}),
        ({"Origin": HERE}, {"token": "guessed"}),
        ({"Origin": "https://evil.example"}, {"token": "right"}),
        ({"Origin": "http://127.0.0.1:9999"}, {"token": "right"}),
        ({"Origin": "null"}, {"token": "right"}),
        ({"Origin": HERE, "Sec-Fetch-Site": "cross-site"}, {"token": "right"}),
        ({"Origin": HERE, "Sec-Fetch-Site": "same-site"}, {"token": "right"}),
        ({}, {"token": "right"}),
    ],
)
def test_what_another_site_sends_in_a_reviewers_name_is_refused(
    opened: Opened, headers: dict[str, str], form: dict[str, str]
) -> None:
    client = opened()
    sign_in(client)
    sent = {name: token_of(client) if value == "right" else value for name, value in form.items()}
    assert client.post("/review/sign-out", data=sent, headers=headers).status_code == 403
    assert client.get("/review/approved", headers=PAGE).status_code == 200


def test_another_site_cannot_sign_a_browser_in(opened: Opened) -> None:
    answer = opened().post(
        "/review/sign-in", data={"name": "A", "password": PASSWORD}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403


def test_wrong_passwords_are_refused_then_throttled(opened: Opened) -> None:
    client = opened()
    for _ in range(CLIENT_TRIES):
        assert sign_in(client, password="not this one").status_code == 401
    late = sign_in(client)  # the right one now, and still
    assert late.status_code == 429
    assert 0 < int(late.headers["retry-after"]) <= WINDOW_SECONDS
    assert PASSWORD not in late.text


def test_tries_are_counted_for_each_client_and_for_all_of_them() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for number in range(TRIES):
        assert attempts.wait(f"client {number}") == 0
    assert attempts.wait("one more") == WINDOW_SECONDS
    now[0] = WINDOW_SECONDS + 1
    assert attempts.wait("one more") == 0
    for _ in range(CLIENT_TRIES - 1):
        attempts.wait("one more")
    assert attempts.wait("one more") > 0
    attempts.succeeded("one more")
    assert attempts.wait("one more") == 0


def test_sessions_end_when_nobody_clicks_and_at_the_end_of_the_day() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    idle, busy = sessions.begin("Idle"), sessions.begin("Busy")
    while now[0] < LONGEST_SECONDS:
        assert sessions.of(busy) is not None
        now[0] += IDLE_SECONDS - 1
    assert sessions.of(idle) is None
    assert sessions.of(busy) is None
    keys = [sessions.begin(str(number)) for number in range(MOST_SESSIONS + 1)]
    assert sessions.of(keys[0]) is None
    assert sessions.of(keys[-1]) is not None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Rolewise-User": "Anna", "X-Rolewise-Secret": SECRET}, 200),
        ({"X-Rolewise-User": "Anna", "X-Rolewise-Secret": SECRET + "x"}, 401),
        ({"X-Rolewise-User": "Anna"}, 401),
        ({"X-Rolewise-Secret": SECRET}, 401),
        ({"X-Rolewise-User": " ", "X-Rolewise-Secret": SECRET}, 401),
        ({"X-Rolewise-User": "A" * 81, "X-Rolewise-Secret": SECRET}, 401),
    ],
)
def test_a_proxy_signs_in_with_the_right_secret_only(
    opened: Opened, tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    client = opened(Settings.model_validate({"data": tmp_path, "review_proxy_secret": SECRET}))
    assert client.get("/review/approved", headers=PAGE | headers).status_code == status


def test_a_second_header_beside_the_proxys_is_believed_by_nobody(opened: Opened, tmp_path: Path) -> None:
    client = opened(Settings.model_validate({"data": tmp_path, "review_proxy_secret": SECRET}))
    twice = [("X-Rolewise-User", "Mallory"), ("X-Rolewise-User", "Anna"), ("X-Rolewise-Secret", SECRET)]
    assert client.get("/review/approved", headers=twice).status_code == 401


def test_the_headers_of_a_proxy_can_have_other_names(opened: Opened, tmp_path: Path) -> None:
    names = {"review_proxy_user_header": "Remote-User", "review_proxy_secret_header": "X-Gate"}
    client = opened(Settings.model_validate({"data": tmp_path, "review_proxy_secret": SECRET, **names}))
    headers = PAGE | {"Remote-User": "Žofie", "X-Gate": SECRET}
    raw = [(name.encode(), value.encode("utf-8")) for name, value in headers.items()]
    page = client.get("/review/approved", headers=raw)
    assert "Žofie" in page.text
    assert "Sign out" not in page.text


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/review/answers/abc?flag=refused", "/review/answers/abc?flag=refused"),
        ("//evil.example", "/review"),
        ("https://evil.example", "/review"),
        ("/review//evil.example", "/review"),
        ("/review/../articles", "/review"),
        ("/reviewers.evil", "/review"),
        ("/review\\evil", "/review"),
        ("/review\r\nSet-Cookie: a=b", "/review"),
        ("", "/review"),
    ],
)
def test_after_signing_in_one_goes_on_within_the_desk(to: str, goes: str) -> None:
    assert within(to) == goes


def test_a_hash_fits_its_password_and_no_other() -> None:
    assert is_password(PASSWORD, password_hash())
    assert not is_password(PASSWORD + " ", password_hash())
    assert password_hash() != hash_password(PASSWORD, log_cost=4)


@pytest.mark.parametrize("bad", ["", "letmein", "scrypt:15:8:3:AAAA", "scrypt:40:8:3:AAAA:AAAA", "scrypt:x:8:3:A:A"])
def test_what_is_no_hash_is_refused_without_repeating_it(bad: str, tmp_path: Path) -> None:
    with pytest.raises(PasswordError, match="rolewise reviewers password"):
        check_hash(bad)
    with pytest.raises(ValidationError):
        Settings.model_validate({"data": tmp_path, "review_password_hash": bad})


def test_the_command_makes_the_line_for_the_settings() -> None:
    done = CliRunner().invoke(command, ["reviewers", "password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    line = done.stdout.strip().splitlines()[-1]
    assert line.startswith('review_password_hash = "scrypt:')
    assert is_password(PASSWORD, line.split('"')[1])
    assert PASSWORD not in done.output
    short = CliRunner().invoke(command, ["reviewers", "password"], input="short\nshort\n")
    assert short.exit_code == 1


def test_everything_stays_under_the_path_that_the_server_stands_under(desk: Desk) -> None:
    client = TestClient(desk.client.app, base_url=HERE, root_path="/hr", follow_redirects=False)
    answer = client.get("/hr/review/figures?days=7", headers=PAGE)
    assert answer.headers["location"] == "/hr/review/sign-in?to=%2Freview%2Ffigures%3Fdays%3D7"
    form = {"name": "Anna", "password": PASSWORD, "to": "/review/figures?days=7"}
    answer = client.post("/hr/review/sign-in", data=form, headers=PAGE)
    assert answer.headers["location"] == "/hr/review/figures?days=7"
    assert "Path=/hr/review" in answer.headers["set-cookie"]
    desk.asked()
    for path in ("", "/answers/" + "a" * 32, "/approved", "/articles", "/figures"):
        page = client.get(f"/hr/review{path}", headers=PAGE)
        assert page.status_code == 200, path
        assert re.findall(r'(?:href|src|action)="(?!/hr/|#|\?)([^"]*)"', page.text) == []
