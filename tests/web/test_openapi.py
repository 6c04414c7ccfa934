"""What is published of the JSON side is true: of the routes, of real answers, and of its own examples."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from assistant import render
from assistant.chat import Assistant
from assistant.web import api_examples as examples
from assistant.web.api_docs import kind_of
from corpus.library import Library
from tests.small import OFFICE, OPERATIONS

QUESTIONS = [
    ["Who has the larger budget, the Operations Manager or the Production Manager?"],
    ["Compare Operations Manager and Production Manager"],
    ["Compare Operations Manager and Executive Assistant"],
    ["What does a Head Chef do?"],
    ["Who has the larger budget, the Operations Manager or the Production Manager?", "And their teams?"],
    ["What does an Astronaut earn?"],
    ["Hello"],
    ["Compare the head chef"],
    ["What is the manager's budget?"],
]


@pytest.fixture(scope="module")
def published(client: TestClient) -> dict[str, Any]:
    return dict(client.get("/openapi.json").json())


def valid(published: dict[str, Any], name: str, told: object) -> list[str]:
    """Return what is wrong with an object according to the published schema of this name."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": published["components"]}
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in checker.iter_errors(told)]


@pytest.mark.parametrize("turns", QUESTIONS, ids=lambda turns: turns[-1])
def test_real_answers_are_what_was_published(
    published: dict[str, Any], small_assistant: Assistant, turns: list[str]
) -> None:
    assert valid(published, "AnswerObject", render.to_object(small_assistant.answer(turns))) == []


def test_real_answers_have_every_outcome(small_assistant: Assistant) -> None:
    outcomes = {small_assistant.answer(turns).outcome for turns in QUESTIONS}
    assert {"answered", "not_covered", "unclear"} <= outcomes


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("AnswerObject", {**examples.ANSWER, "confidence": 1.5}),
        ("AnswerObject", {**examples.ANSWER, "reason": "because"}),
        ("AnswerObject", {**examples.ANSWER, "more": 1}),
        ("AnswerObject", {name: value for name, value in examples.ANSWER.items() if name != "schema"}),
        ("KeptAnswer", {**examples.KEPT, "turns": []}),
    ],
)
def test_the_schema_refuses_what_no_answer_is(published: dict[str, Any], name: str, told: object) -> None:
    assert valid(published, name, told)


def test_the_lists_and_articles_are_what_was_published(
    published: dict[str, Any], client: TestClient, library: Library
) -> None:
    assert valid(published, "ArticleList", client.get("/api/articles").json()) == []
    for name in library.articles:
        assert valid(published, "ArticleObject", client.get(f"/api/articles/{name}").json()) == []
    answer = client.post("/api/ask", json={"question": "budget?"}).json()
    assert valid(published, "KeptAnswer", client.get(f"/api/answers/{answer['id']}").json()) == []
    assert valid(published, "Readiness", client.get("/readyz").json()) == []


def test_every_route_says_what_it_is_for_and_shows_an_example(published: dict[str, Any]) -> None:
    routes = [(path, one) for path, methods in published["paths"].items() for one in methods.values()]
    assert {path for path, _ in routes} == {
        "/api/ask", "/api/ask/stream", "/api/answers/{answer_id}", "/api/articles", "/api/articles/{article_id}",
        "/healthz", "/readyz",
    }  # fmt: skip
    for path, one in routes:
        assert one["summary"], path
        assert one["description"], path
        assert all(content["example"] for content in one["responses"]["200"]["content"].values()), path
        for status, response in one["responses"].items():
            if status >= "300":
                assert response["content"].keys() == {"application/problem+json"}, path
                assert response["content"]["application/problem+json"]["example"]["status"] == int(
                    status.replace("default", "405")
                )
        if "requestBody" in one:
            assert one["requestBody"]["content"]["application/json"]["examples"], path


def test_the_published_examples_are_what_was_published(published: dict[str, Any]) -> None:
    for path in examples.GIVEN:
        (operation,) = published["paths"][path].values()
        content = operation["responses"]["200"]["content"]["application/json"]
        name = content["schema"]["$ref"].rsplit("/", 1)[-1]
        assert valid(published, name, content["example"]) == [], path
    for example in examples.ASK.values():
        assert valid(published, "Ask", example["value"]) == []


def test_the_examples_are_true_of_the_shipped_articles(shipped_library: Library) -> None:
    for citation in examples.ANSWER["citations"]:
        article = shipped_library.articles[citation["article_id"]]
        assert article.title == citation["article_title"]
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]
        sentence = next(one for one in article.sentences() if one.span.start == citation["start"])
        assert citation["url"] == f"/articles/{article.id}#s{sentence.number}"
        assert citation["roles"] == list(sentence.roles)
        assert f"[{citation['number']}]" in examples.ANSWER["markdown"]
    article = shipped_library.articles[examples.ARTICLE["id"]]
    assert examples.ARTICLE["sentences"] == len(list(article.sentences()))
    assert article.text.startswith(examples.ARTICLE["text"].removesuffix("..."))
    (sentence_object,) = examples.ARTICLE["sections"][0]["sentences"]
    assert sentence_object["quote"] == article.text[sentence_object["start"] : sentence_object["end"]]


def test_the_page_for_programs_shows_every_route_without_script(client: TestClient, published: dict[str, Any]) -> None:
    page = client.get("/docs").text
    assert "<script" not in page
    assert 'src="http' not in page
    for path, methods in published["paths"].items():
        for method, one in methods.items():
            assert f'<span class="method">{method.upper()}</span> {path}' in page
            assert f'href="#{one["operationId"]}"' in page
            assert f'id="{one["operationId"]}"' in page
    assert all(f'id="object-{name}"' in page for name in ("AnswerObject", "Citation", "ArticleObject"))
    assert "curl http://127.0.0.1/api/ask " in page
    assert "&#34;reason&#34;: null" in page
    assert "Default: <code>50</code>" in page


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"$ref": "#/components/schemas/Claim"}, "Claim"),
        ({"type": "array", "items": {"type": "string"}}, "list of string"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date or null"),
        ({"const": "ok", "type": "string"}, '"ok"'),
        ({}, "anything"),
    ],
)
def test_kinds_are_named_in_a_few_words(schema: dict[str, Any], kind: str) -> None:
    assert kind_of(schema) == kind


def test_the_small_library_has_the_articles_that_are_asked_about(small_assistant: Assistant) -> None:
    assert {OPERATIONS, OFFICE} <= set(small_assistant.library.articles)
