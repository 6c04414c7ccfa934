from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.records.kept import KeptAnswer, RecordsError
from assistant.settings import Settings
from assistant.web.app import create_app
from corpus.library import Library
from tests.web.small_assistant import PAIR, SmallAssistant, two_articles
from tests.web.small_records import SmallRecords


def test_a_question_is_answered_with_the_object_of_the_contract(client: TestClient, library: Library) -> None:
    answer = client.post("/api/ask", json={"question": "Who has the bigger budget?"}).json()
    assert answer["schema"] == "rolewise.answer/1"
    assert answer["outcome"] == "answered"
    assert answer["citations"]
    for citation in answer["citations"]:
        text = library.articles[citation["article_id"]].text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_turns_are_a_conversation_and_the_last_one_is_the_question(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"turns": ["Who has the bigger budget?", "And their teams?"]}).json()
    assert answer["question"] == "And their teams?"
    assert answer["standalone_question"] == "How big are the teams? (after 1 earlier)"


def test_white_space_around_a_question_is_dropped(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "  budget?\n"}).json()["question"] == "budget?"


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


def test_twenty_turns_of_two_thousand_characters_fit(client: TestClient) -> None:
    assert client.post("/api/ask", json={"turns": ["x" * 2000] * 20}).status_code == 200


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


def test_health_and_readiness_are_told(client: TestClient, library: Library) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready == {"status": "ready", "generation": "generation-0001", "articles": 2, "roles": len(library.roles())}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/articles", "/articles/head-chef-vs-sous-chef"])
def test_a_final_slash_makes_no_difference(client: TestClient, path: str) -> None:
    assert client.get(f"{path}/", follow_redirects=False).content == client.get(path).content


def test_a_question_may_be_posted_with_a_final_slash(client: TestClient) -> None:
    assert client.post("/api/ask/", json={"question": "budget?"}, follow_redirects=False).status_code == 200


def events_of(text: str) -> list[tuple[str, object]]:
    """Return the events of a stream as a browser reads them: the name of each, and what its data says."""
    events = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        events.append((lines["event"], json.loads(lines["data"])))
    return events


def test_an_answer_comes_in_parts_that_add_up_to_the_whole(client: TestClient, library: Library) -> None:
    response = client.post("/api/ask/stream", json={"question": "Who has the bigger budget?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"].startswith("no-")
    events = events_of(response.text)
    assert [name for name, _ in events] == ["question", "claim", "claim", "answer"]
    whole = client.post("/api/ask", json={"question": "Who has the bigger budget?"}).json()
    assert events[0][1] == {name: whole[name] for name in ("question", "standalone_question")}
    assert [part["claim"] for _, part in events[1:-1]] == whole["claims"]  # type: ignore[index]
    for _, part in events[1:-1]:
        for citation in part["citations"]:  # type: ignore[index]
            text = library.articles[citation["article_id"]].text
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert events[-1][1] == {**whole, "id": events[-1][1]["id"]}  # every answer has an id of its own
    assert events[-1][1]["id"] != whole["id"]


def test_a_refusal_is_a_problem_and_never_half_a_stream(client: TestClient) -> None:
    assert [name for name, _ in events_of(client.post("/api/ask/stream", json={"question": "Tea?"}).text)] == [
        "question",
        "answer",
    ]
    for question, status in (("", 422), ("explode", 500)):
        response = client.post("/api/ask/stream", json={"question": question})
        assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_an_answer_can_be_read_again_without_what_was_said_before_it(client: TestClient) -> None:
    turns = ["Who has the bigger budget? My secret.", "Compare them"]
    answer = client.post("/api/ask", json={"turns": turns}).json()
    response = client.get(f"/api/answers/{answer['id']}")
    assert response.headers["cache-control"] == "no-store"
    kept = response.json()
    assert kept["answer"] == answer
    assert set(kept) == {"id", "asked", "answer"}
    assert "secret" not in response.text


@pytest.mark.parametrize("name", ["x" * 22, "x" * 5000, "%00", "..%2fetc", "a b", "é", "1" * 31 + "%0a"])
def test_an_answer_that_is_not_kept_is_absent(client: TestClient, name: str) -> None:
    response = client.get(f"/api/answers/{name}")
    assert (response.status_code, response.json()["status"]) == (404, 404)


def test_the_articles_are_listed_with_what_one_chooses_by(client: TestClient, library: Library) -> None:
    listed = client.get("/api/articles").json()
    assert (listed["total"], listed["offset"], listed["limit"]) == (2, 0, 50)
    assert [entry["id"] for entry in listed["articles"]] == sorted(library.articles)
    for entry in listed["articles"]:
        article = library.articles[entry["id"]]
        assert entry["title"] == article.title
        assert entry["roles"] == list(article.roles)
        assert entry["sentences"] == len(list(article.sentences()))
        assert client.get(entry["url"]).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"role": "Sous Chef"}, ["head-chef-vs-sous-chef"]),
        ({"role": "sous chef"}, []),
        ({"text": "ops mgr"}, ["operations-manager-vs-production-manager"]),
        ({"text": "menu"}, ["head-chef-vs-sous-chef"]),
        ({"topic": "budget and money", "role": "Operations Manager"}, ["operations-manager-vs-production-manager"]),
        ({"offset": 1}, ["operations-manager-vs-production-manager"]),
        ({"limit": 1}, ["head-chef-vs-sous-chef"]),
        ({"offset": 2}, []),
    ],
)
def test_the_list_is_narrowed_and_paged(client: TestClient, wanted: dict[str, object], found: list[str]) -> None:
    listed = client.get("/api/articles", params=wanted).json()
    assert [entry["id"] for entry in listed["articles"]] == found


@pytest.mark.parametrize("wanted", ["rolle=Chef", "limit=0", "limit=201", "offset=-1", "limit=x", f"text={'x' * 201}"])
def test_a_parameter_that_makes_no_sense_is_refused_not_ignored(client: TestClient, wanted: str) -> None:
    response = client.get(f"/api/articles?{wanted}")
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert wanted.split("=")[0] in response.json()["detail"]


def test_an_article_is_its_text_and_where_its_sentences_stand_in_it(client: TestClient, library: Library) -> None:
    for article in library.articles.values():
        told = client.get(f"/api/articles/{article.id}").json()
        assert told["text"] == article.text
        sentences = [sentence for section in told["sections"] for sentence in section["sentences"]]
        assert [one["number"] for one in sentences] == [one.number for one in article.sentences()]
        assert [one["roles"] for one in sentences] == [list(one.roles) for one in article.sentences()]
        assert all(told["text"][one["start"] : one["end"]] == one["quote"] for one in sentences)
        assert [section["topic"] for section in told["sections"]] == [one.topic for one in article.sections]


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


@pytest.mark.parametrize(
    "path", ["/api/articles", "/api/articles/head-chef-vs-sous-chef", "/healthz", "/readyz", "/openapi.json", "/docs"]
)
def test_head_asks_for_what_get_gives(client: TestClient, path: str) -> None:
    for slash in ("", "/"):
        response = client.head(path + slash, follow_redirects=False)
        assert (response.status_code, response.text) == (200, "")
        assert response.headers["content-type"] == client.get(path).headers["content-type"]


def test_the_library_is_read_anew_for_every_request(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assistant = SmallAssistant(two_articles(tmp_path / "one"))
    app = create_app(assistant, Settings(data=tmp_path), SmallRecords())
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/api/articles").json()["total"] == 2
        less = {PAIR: assistant.library.articles[PAIR]}
        assistant.library = replace(assistant.library, articles=less)
        assert client.get("/api/articles").json()["total"] == client.get("/readyz").json()["articles"] == 1
        assert client.get("/api/articles/head-chef-vs-sous-chef").status_code == 404
        assert client.get("/articles/head-chef-vs-sous-chef").status_code == 404
        assert "Sous Chef" not in client.get("/articles").text + client.get("/roles").text + client.get("/help").text
