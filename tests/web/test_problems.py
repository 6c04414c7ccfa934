from __future__ import annotations

import json

from assistant.web.problems import problem


def test_a_problem_says_what_why_and_what_to_do_in_its_own_media_type() -> None:
    response = problem(429, detail="Too many questions. Try again in 3 s.", headers={"retry-after": "3"}, id="ab12")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "3"
    assert json.loads(response.body) == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Too many questions. Try again in 3 s.",
        "id": "ab12",
    }


def test_a_status_that_nobody_knows_is_an_error_all_the_same() -> None:
    assert json.loads(problem(599).body)["title"] == "Error"
    assert json.loads(problem(599, "Out of paper").body)["title"] == "Out of paper"
