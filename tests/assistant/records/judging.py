"""Verdicts and approvals that the tests of the record share."""

from __future__ import annotations

from typing import Any

from assistant.reviews.desk import Page
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import (
    Approval,
    Judgement,
    Verdict,
    judged_claim,
    sources_of,
)
from tests.assistant.records.conftest import NOON, answer_object

QUESTION = "Who has the bigger budget?"
MENU = "The Head Chef writes the menu."
ARTICLE = "head-chef-vs-sous-chef"


def verdict(verdict_id: str, answer_id: str = "a1", **other: Any) -> Verdict:
    fields = {"judgement": Judgement.SUPPORTED, "reviewer": "Ada", "noted": NOON, "seconds": 4.5, **other}
    return Verdict(verdict_id, answer_id, 0, judged=judged_claim(answer_object(answer_id), 0), **fields)


def approval(approval_id: str, question: str = QUESTION, **other: Any) -> Approval:
    answer = answer_object("a1", question, **other)
    return Approval(approval_id, question, normal_form(question), answer, sources_of(answer), "Ada", NOON, "fine")


def numbers(page: Page) -> list[str]:
    return [item.answer_id for item in page.items]
