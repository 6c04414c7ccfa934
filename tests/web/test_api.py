from __future__ import annotations

import json
import logging

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
    assert ready == {"status": "ready", "articles": 2, "roles": len(library.roles())}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/articles", "/articles/head-chef-vs-sous-chef"])
def test_a_final_slash_makes_no_difference(client: TestClient, path: str) -> None:
    assert client.get(f"{path}/", follow_redirects=False).content == client.get(path).content


def test_a_question_may_be_posted_with_a_final_slash(client: TestClient) -> None:
    assert client.post("/api/ask/", json={"question": "budget?"}, follow_redirects=False).status_code == 200
