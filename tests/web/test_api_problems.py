"""The JSON side: whatever is refused or fails is a problem that says why and what to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.records.kept import KeptAnswer, RecordsError
from assistant.settings import Settings
from assistant.web.app import create_app
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"question": ""}, "empty"),
        ({"question": " \n\t"}, "empty"),
        ({"question": "x" * 2001}, "2,001 characters"),
        ({"question": "x" * 20_000}, "20,000 characters"),
        ({"turns": []}, "no question"),
        ({"turns": ["budget?", " "]}, "empty"),
        ({"turns": ["x" * 2001, "budget?"]}, "2,001 characters"),
        ({"turns": ["budget?"] * 21}, "21 messages"),
        ({}, "not both"),
        ({"question": "budget?", "turns": ["budget?"]}, "not both"),
        ({"question": 3}, "valid string"),
        ({"question": "budget?", "model": "big"}, "model"),
        ({"turns": "budget?"}, "valid list"),
        ([], "Send JSON"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(client: TestClient, body: object, says: str) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422
    detail = response.json()["detail"]
    assert says in detail
    assert len(detail) < 300


def test_a_body_that_is_no_json_is_refused_without_repeating_it(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/api/ask", content=b"{secret", headers=headers)
    assert response.status_code == 422
    assert "secret" not in response.text
    assert "Send JSON" in response.json()["detail"]


def test_letters_that_escapes_blow_up_beyond_the_limit_are_refused_with_the_cure(client: TestClient) -> None:
    body = json.dumps({"turns": ["\u4e2d" * 2000] * 20})
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert r"UTF-8 rather than as \u escapes" in response.json()["detail"]


def test_an_enormous_body_is_refused_before_it_is_read(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "x" * 1_000_000})
    assert response.status_code == 413
    assert "64 kB (65,536 bytes)" in response.json()["detail"]


def test_an_unexpected_error_gets_a_number_and_keeps_the_question_out_of_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post("/api/ask", json={"question": "explode, my secret"})
    assert response.status_code == 500
    assert response.json()["id"] in response.json()["detail"]
    assert response.json()["id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text + response.text


ASKED = {"question": "budget?"}

PROBLEMS = [
    ("GET", "/api/articles/none", {}, 404),
    ("GET", "/api/answers/none", {}, 404),
    ("GET", "/api", {}, 404),
    ("GET", "/api/nothing/here", {}, 404),
    ("POST", "/gradio_api/upload", {}, 404),
    ("GET", "/api/ask", {}, 405),
    ("GET", "/api/ask/stream", {}, 405),
    ("DELETE", "/api/articles", {}, 405),
    ("POST", "/api/articles/none", {}, 405),
    ("POST", "/healthz", {}, 405),
    ("PUT", "/readyz", {}, 405),
    ("POST", "/openapi.json", {}, 405),
    ("POST", "/api/ask", {"json": {"question": "x" * 1_000_000}}, 413),
    ("POST", "/api/ask", {"data": ASKED}, 415),
    ("POST", "/api/ask", {"content": json.dumps(ASKED)}, 415),
    ("POST", "/api/ask", {"content": json.dumps(ASKED), "headers": {"content-type": "text/plain"}}, 415),
    ("POST", "/api/ask/stream", {"content": json.dumps(ASKED), "headers": {"content-type": "x"}}, 415),
    ("POST", "/api/ask", {"json": {}}, 422),
    ("POST", "/api/ask", {"content": "{", "headers": {"content-type": "application/json; charset=utf-8"}}, 422),
    ("POST", "/api/ask", {"content": b"\xff", "headers": {"content-type": "application/json"}}, 400),
    ("POST", "/api/ask", {"json": {"question": "explode"}}, 500),
]


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(("method", "path", "sent", "status"), PROBLEMS)
def test_every_refusal_is_a_problem_that_says_what_to_do(
    client: TestClient, method: str, path: str, sent: dict[str, Any], status: int, slash: str
) -> None:
    response = client.request(method, path + slash, follow_redirects=False, **sent)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    told = response.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["type"] == "about:blank"


def test_a_wrong_method_is_told_which_ones_are_right(client: TestClient) -> None:
    assert client.get("/api/ask").headers["allow"] == "POST"
    assert client.post("/api/articles").headers["allow"] == "GET, HEAD"


class LostRecords(SmallRecords):
    """Records whose database cannot be reached."""

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        raise RecordsError(f"The database is gone, and with it {turns}.")

    def answer(self, answer_id: str) -> KeptAnswer | None:
        raise RecordsError(f"The database is gone, and with it {answer_id}.")


def test_a_record_that_cannot_be_reached_is_a_matter_of_time(library: Library, tmp_path: Path) -> None:
    app = create_app(SmallAssistant(library), Settings(data=tmp_path), LostRecords())
    with TestClient(app, base_url="http://localhost") as client:
        for response in (
            client.post("/api/ask", json=ASKED),
            client.post("/api/ask/stream", json=ASKED),
            client.get("/api/answers/abc"),
        ):
            assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
            assert response.headers["retry-after"] == "60"
            assert "gone" not in response.text
        assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
