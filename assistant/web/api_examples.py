"""Examples of the published description. They are true of the shipped articles, and a test says so."""

from __future__ import annotations

from typing import Any

from assistant.web.problems import problem_object

QUESTION = "Who has the bigger budget, the ops manager or the production manager?"
ANSWER_ID = "q4Zb0n1Ux8yJm3kT6vRwLg"

_ID = "operations-manager-vs-production-manager"
_TITLE = "Operations Manager vs Production Manager: Two Posts Compared"
_OPERATIONS = (
    "The Operations Manager's budget bundles several cost centres, often including transport and support, and "
    "therefore runs to much larger amounts."
)
_PRODUCTION = (
    "That of the Production Manager pays for one thing, turning material into goods: wages on the line, tooling, "
    "energy and consumables."
)

ASK: dict[str, Any] = {
    "one question": {"summary": "One question", "value": {"question": QUESTION}},
    "a conversation": {
        "summary": "A follow-up",
        "value": {"turns": [QUESTION, "And their teams?"]},
    },
}


def _claim(text: str, role: str, number: int) -> dict[str, Any]:
    return {
        "text": text, "roles": [role], "topic": "budget and money", "verdict": "supported", "citations": [number],
    }  # fmt: skip


def _citation(quote: str, role: str, number: int, start: int, sentence: int) -> dict[str, Any]:
    return {
        "number": number,
        "article_id": _ID,
        "article_title": _TITLE,
        "heading": "Budget",
        "roles": [role],
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "url": f"/articles/{_ID}#s{sentence}",
    }  # fmt: skip


ANSWER: dict[str, Any] = {
    "schema": "rolewise.answer/1",
    "id": ANSWER_ID,
    "question": QUESTION,
    "standalone_question": QUESTION,
    "outcome": "answered",
    "reason": None,
    "markdown": f"**Operations Manager:** {_OPERATIONS} [1]\n\n**Production Manager:** {_PRODUCTION} [2]",
    "claims": [_claim(_OPERATIONS, "Operations Manager", 1), _claim(_PRODUCTION, "Production Manager", 2)],
    "citations": [
        _citation(_OPERATIONS, "Operations Manager", 1, 2574, 21),
        _citation(_PRODUCTION, "Production Manager", 2, 2718, 22),
    ],
    "conflicts": [],
    "suggestions": ["Compare Operations Manager and Production Manager"],
    "confidence": 0.9712,
    "elapsed_ms": 312,
}

KEPT = {"id": ANSWER_ID, "asked": "2026-11-25T09:30:00Z", "answer": ANSWER}

ARTICLES = {
    "total": 1,
    "offset": 0,
    "limit": 50,
    "articles": [
        {
            "id": _ID,
            "title": _TITLE,
            "roles": ["Operations Manager", "Production Manager"],
            "topics": ["budget and money", "crises"],
            "date": "2026-11-23",
            "source": None,
            "sentences": 46,
            "url": f"/articles/{_ID}",
        }
    ],
}

ARTICLE = {
    **ARTICLES["articles"][0],  # type: ignore[index]
    "text": f"{_TITLE}\n\nJob adverts sometimes mix these two titles up, ...",
    "sections": [
        {
            "heading": "Budget",
            "topic": "budget and money",
            "sentences": [
                {
                    "number": 21,
                    "start": 2574,
                    "end": 2717,
                    "quote": _OPERATIONS,
                    "roles": ["Operations Manager"],
                    "url": f"/articles/{_ID}#s21",
                }
            ],
        }
    ],
    "disagrees_with": None,
}

# What each route gives when all is well, by its path.
GIVEN: dict[str, dict[str, Any]] = {
    "/api/ask": ANSWER,
    "/api/answers/{answer_id}": KEPT,
    "/api/articles": ARTICLES,
    "/api/articles/{article_id}": ARTICLE,
    "/healthz": {"status": "ok"},
    "/readyz": {"status": "ready", "articles": 81, "roles": 130},
}

PROBLEMS: dict[int | str, tuple[str, dict[str, Any]]] = {
    404: (
        "Nothing is there, or not any longer",
        problem_object(404, detail="There is no article 'nothing'. GET /api/articles lists those that there are."),
    ),
    413: (
        "The body is too large",
        problem_object(413, detail="The request is too large. Send fewer or shorter turns."),
    ),
    415: (
        "The body is not JSON",
        problem_object(
            415, detail="The body is of the type text/plain. Send JSON, with Content-Type: application/json."
        ),
    ),
    422: (
        "The question or a parameter cannot be taken",
        problem_object(422, detail="The question is empty. Ask something, for example: Who has the bigger budget?"),
    ),
    429: ("Too many questions at once; `Retry-After` says when", problem_object(429, detail="Try again in 5 seconds.")),
    500: (
        "Something broke; `id` stands in the server's log",
        problem_object(500, detail="Something went wrong on the server. Try again.", id="5f0c9a1e"),
    ),
    503: (
        "Not at the moment",
        problem_object(503, detail="The record of answers cannot be reached at the moment. Try again in a minute."),
    ),
    "default": (
        "Any other problem",
        problem_object(405, detail="DELETE is not possible here, only GET and HEAD."),
    ),
}
