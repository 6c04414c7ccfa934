"""An answer's own page behind its permanent link, its copies, and the thumb that a reader gives it.

The id of an answer is 128 random bits: who has the link may read the answer as long as the record keeps it. Only the
conversation that an answer was given in may judge it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from assistant.records.kept import KeptAnswer, Records, RecordsError
from assistant.web.answers import answer_on_record
from assistant.web.copies import markdown_copy, plain_copy, understood
from assistant.web.failures import record_failure
from assistant.web.history import Conversations, Exchange, is_key
from assistant.web.marked_text import to_html
from assistant.web.pages import Pages

LONGEST_REASON = 500  # characters; a remark, not a letter
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}

ConversationKey = Annotated[str, Header(alias="Rolewise-Conversation")]


class Judgement(BaseModel):
    """A reader's thumb on an answer, and why: one of the reasons offered, the reader's own words, both or neither."""

    model_config = ConfigDict(extra="forbid", strict=True)

    up: bool
    reason: str = Field(default="", max_length=LONGEST_REASON)


class AnswersGiven:
    """Where an answer is found again: in the conversation that it was given in, or on record."""

    def __init__(self, records: Records, conversations: Conversations) -> None:
        self._records = records
        self._conversations = conversations

    def on_record(self, answer_id: str) -> KeptAnswer | None:
        """Return what the record has under an id."""
        return answer_on_record(self._records, answer_id)

    def given(self, answer_id: str, conversation: str) -> tuple[Mapping[str, Any], bool] | None:
        """Return an answer of this conversation or of the record, and whether it is on record."""
        exchange = self._exchange(answer_id, conversation)
        if exchange is not None:
            return exchange.answer, exchange.kept
        kept = self.on_record(answer_id)
        return (kept.answer, True) if kept else None

    def judge(self, answer_id: str, conversation: str, judgement: Judgement) -> bool:
        """Note a thumb on an answer of this conversation; return False when it has none of this id, or it is gone."""
        exchange = self._exchange(answer_id, conversation)
        if exchange is None:
            return False
        noted = self._records.thumb(exchange.answer_id, up=judgement.up, reason=judgement.reason.strip())
        if noted:
            self._conversations.judge(conversation, answer_id, up=judgement.up)
        return noted

    def _exchange(self, answer_id: str, conversation: str) -> Exchange | None:
        return self._conversations.exchange(conversation, answer_id) if is_key(conversation) else None


def _page(request: Request, answers: AnswersGiven, answer_id: str, pages: Pages, days: int) -> HTMLResponse:
    """Draw the page of an answer, or the one that says why there is none."""
    try:
        kept = answers.on_record(answer_id)
    except RecordsError as error:
        record_failure(error)
        page = pages.draw(request, "no_answer.html", 503, unreadable=True, days=days)
    else:
        if kept is None:
            page = pages.draw(request, "no_answer.html", 404, unreadable=False, days=days)
        else:
            answer = kept.answer
            body = Markup(to_html(answer["markdown"], [one["number"] for one in answer["citations"]]))
            values: dict[str, Any] = {"kept": kept, "answer": answer, "body": body, "question": understood(answer)}
            page = pages.draw(request, "answer.html", days=days, **values)
    page.headers.update(PRIVATE)
    return page


def answer_routes(records: Records, conversations: Conversations, days: int, pages: Pages) -> APIRouter:
    """Return the routes under /answers. Answers stay on record for `days` days; 0 means none is kept."""
    router = APIRouter(include_in_schema=False)
    answers = AnswersGiven(records, conversations)

    @router.get("/answers/{answer_id}.txt")
    def plain(request: Request, answer_id: str, rolewise_conversation: ConversationKey = "") -> Response:
        return _copy(request, answer_id, answers.given(answer_id, rolewise_conversation), plain_copy)

    @router.get("/answers/{answer_id}.md")
    def markdown(request: Request, answer_id: str, rolewise_conversation: ConversationKey = "") -> Response:
        return _copy(request, answer_id, answers.given(answer_id, rolewise_conversation), markdown_copy)

    @router.api_route("/answers/{answer_id}", methods=["GET", "HEAD"])
    def page(request: Request, answer_id: str) -> HTMLResponse:
        return _page(request, answers, answer_id, pages, days)

    @router.post("/answers/{answer_id}/thumb")
    def thumb(answer_id: str, judgement: Judgement, rolewise_conversation: ConversationKey = "") -> dict[str, bool]:
        if not answers.judge(answer_id, rolewise_conversation, judgement):
            raise HTTPException(404, "The answer is no longer kept, so nothing can be noted on it.")
        return {"up": judgement.up}

    return router


def _copy(
    request: Request,
    answer_id: str,
    given: tuple[Mapping[str, Any], bool] | None,
    write: Callable[[Mapping[str, Any], str, str | None], str],
) -> Response:
    if given is None:
        raise HTTPException(404, "No answer is kept under this address. Ask the question again.")
    answer, kept = given
    base = str(request.base_url).rstrip("/")
    text = write(answer, base, f"{base}/answers/{answer_id}" if kept else None)
    kind = "text/markdown" if write is markdown_copy else "text/plain"
    return PlainTextResponse(text, headers=PRIVATE, media_type=kind)
