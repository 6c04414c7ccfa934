"""The JSON side: questions, answers, and whether the server is alive."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from corpus.library import Library


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


def test_twenty_turns_of_two_thousand_characters_fit(client: TestClient) -> None:
    assert client.post("/api/ask", json={"turns": ["x" * 2000] * 20}).status_code == 200


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


@pytest.mark.parametrize(
    "path", ["/api/articles", "/api/articles/head-chef-vs-sous-chef", "/healthz", "/readyz", "/openapi.json", "/docs"]
)
def test_head_asks_for_what_get_gives(client: TestClient, path: str) -> None:
    for slash in ("", "/"):
        response = client.head(path + slash, follow_redirects=False)
        assert (response.status_code, response.text) == (200, "")
        assert response.headers["content-type"] == client.get(path).headers["content-type"]
