"""The log: a line of JSON for each request, and in it nothing that is nobody's business."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.journal import FIELDS, JsonLines
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords

SECRET = "what\r\nabout\x1b[31m my budget \u2028 192.0.2.7"


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    written = [JsonLines().format(record) for record in caplog.records if record.name.startswith("rolewise")]
    assert all("\n" not in line and "\x1b" not in line for line in written)
    return [json.loads(line) for line in written]


def test_a_request_leaves_one_line_with_its_number(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "rolewise"):
        response = client.get("/articles/head-chef-vs-sous-chef?cited=3")
    (line,) = lines_of(caplog)
    assert caplog.records[0].__dict__[FIELDS]["status"] == 200
    assert {name: line[name] for name in ("level", "method", "route", "status")} == {
        "level": "info", "method": "GET", "route": "/articles/...", "status": 200,
    }  # fmt: skip
    assert isinstance(line["ms"], float)
    assert len(response.headers["x-request-id"]) == 16


@pytest.mark.parametrize(
    ("path", "route"),
    [("/answers/a-b_c", "/answers"), ("/review", "/review"), ("/roles/", "/roles"), ("/answersheet", "other")],
)
def test_the_log_says_which_part_of_the_server_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str, route: str
) -> None:
    with caplog.at_level(logging.INFO, "rolewise"):
        client.get(path)
    assert [line["route"] for line in lines_of(caplog)] == [route]


@pytest.mark.parametrize("path", ["/api/ask", "/articles/{}", "/answers/{}", "/?q={}", "/nowhere/{}", "/gradio_api/{}"])
def test_nothing_of_what_was_asked_or_who_asked_is_in_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.DEBUG, "rolewise"):
        if path == "/api/ask":
            client.post(path, json={"question": SECRET})
        else:
            client.get(path.format("my%20budget%0d%0a"))
    written = json.dumps(lines_of(caplog))
    assert lines_of(caplog)
    assert "my" not in written.replace("my_", "")
    assert "127.0.0.1" not in written
    assert "192.0.2.7" not in written


def test_an_answer_leaves_a_line_and_the_question_only_when_switched_on(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for wanted in (False, True):
        caplog.clear()
        settings = Settings(data=tmp_path, log_questions=wanted)
        with (
            TestClient(
                create_app(SmallAssistant(library), settings, SmallRecords()), base_url="http://localhost"
            ) as client,
            caplog.at_level(logging.INFO, "rolewise"),
        ):
            client.post("/api/ask", json={"question": SECRET})
        (answer,) = [line for line in lines_of(caplog) if "outcome" in line]
        assert answer["outcome"] == "answered"
        assert answer.get("turns") == ([SECRET] if wanted else None)


def test_a_failure_has_the_number_of_its_request(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    response = client.post("/api/ask", json={"question": "explode"})
    (failure,) = [line for line in lines_of(caplog) if line["level"] == "error"]
    assert response.json()["id"] == failure["id"] == response.headers["x-request-id"]
    assert failure["error"] == "RuntimeError"
    assert "small_assistant" in str(failure["trace"])


def test_a_stream_of_a_conversation_that_nobody_began_is_no_failure(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/gradio_api/queue/data?session_hash=nobody").status_code == 200
    assert [line for line in lines_of(caplog) if line["level"] == "error"] == []


def test_an_exception_is_named_without_its_words() -> None:
    error = ValueError("the secret")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "Broken", None, (ValueError, error, None))
    line = JsonLines().format(record)
    assert json.loads(line)["error"] == "ValueError"
    assert "secret" not in line
