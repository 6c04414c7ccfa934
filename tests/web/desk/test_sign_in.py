"""Nobody gets into the desk without having signed in, and signing in cannot be forced, guessed or borrowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from assistant.records.opening import open_database
from assistant.settings import Settings
from assistant.web.desk.attempts import CLIENT_TRIES, WINDOW_SECONDS
from corpus.library import Library
from tests.figures import Note
from tests.web.desk.conftest import Desk
from tests.web.desk.signing_in import HERE, PAGE, PASSWORD, desk_alone, desk_settings, sign_in, token_of
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


def test_until_it_is_set_up_every_route_is_closed_and_says_how_to_open_it(
    opened: Opened, tmp_path: Path, figure: Note
) -> None:
    client = opened(Settings(data=tmp_path))
    assert len(addresses(client)) > 20
    let_in = [one for one in addresses(client) if client.request(*one, headers=PAGE).status_code != 403]
    figure("routes of a desk that is not set up", {"tried": len(addresses(client)), "let in": len(let_in)}, "0 let in")
    for method, path in addresses(client):
        answer = client.request(method, path, headers=PAGE)
        assert answer.status_code == 403, (method, path)
        assert method == "HEAD" or "rolewise reviewers password" in answer.text
    assert client.get("/review").json()["status"] == 403


def test_no_route_answers_without_sign_in(opened: Opened, figure: Note) -> None:
    client = opened()
    tried = [one for one in addresses(client) if one[1] != "/review/sign-in"]
    let_in = [one for one in tried if client.request(*one, headers={"Origin": HERE}).status_code != 401]
    figure("routes of the desk without sign-in", {"tried": len(tried), "let in": len(let_in)}, "0 let in")
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


def test_signing_in_again_ends_the_session_before(opened: Opened) -> None:
    client = opened()
    sign_in(client)
    key = client.cookies["rolewise-review"]
    sign_in(client, "Bert")
    assert "Bert" in client.get("/review", headers=PAGE).text
    stolen = {**PAGE, "Cookie": f"rolewise-review={key}"}
    client.cookies.clear()
    assert client.get("/review", headers=stolen).status_code == 303


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
