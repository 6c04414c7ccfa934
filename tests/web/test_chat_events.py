from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import anyio.to_thread
import gradio as gr
import pytest
from starlette.requests import Request as StarletteRequest

from assistant.limits import LONGEST_QUESTION
from assistant.records.kept import RecordsError
from assistant.web.chat_events import Chat, Shown, conversation_key
from assistant.web.chat_page import Opening
from assistant.web.history import Conversations
from assistant.web.notices import about, what_is_kept
from corpus.library import Library
from tests.web.loops import run
from tests.web.small_assistant import PAIR, SmallAssistant
from tests.web.small_records import SmallRecords

BUDGET = "Who has the bigger budget?"
KEY = "k" * 22


def request() -> gr.Request:
    return gr.Request(StarletteRequest({"type": "http", "query_string": b"", "headers": []}), session_hash="abc")


class FullDisk(SmallRecords):
    """Records that cannot be written."""

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        raise RecordsError("The disk is full. Make room.")


def chat(
    library: Library, records: SmallRecords | None = None, assistant: SmallAssistant | None = None
) -> tuple[Chat, Conversations]:
    conversations = Conversations()
    answers, kept = assistant or SmallAssistant(library), records or SmallRecords()
    return Chat(answers, kept, conversations, anyio.to_thread.run_sync, keeps=True), conversations


async def drained(shown: AsyncIterator[Shown]) -> list[Shown]:
    return [one async for one in shown]


def every(shown: AsyncIterator[Shown]) -> list[Shown]:
    return run(drained(shown))


def last(shown: AsyncIterator[Shown]) -> Shown:
    return every(shown)[-1]


def test_a_question_is_shown_at_once_and_its_answer_in_its_place(library: Library) -> None:
    talk, _ = chat(library)
    waiting, answered = every(talk.reply(BUDGET, KEY, request()))
    assert [message["role"] for message in waiting[0]] == ["user", "assistant"]
    assert "waiting" in waiting[0][1]["content"]
    assert waiting[1] == {"value": "", "submit_btn": False, "stop_btn": True, "__type__": "update"}
    assert 'class="cite"' in answered[0][1]["content"]
    assert answered[1] == {"submit_btn": True, "stop_btn": False, "__type__": "update"}


@pytest.mark.parametrize("refused", ["", "   ", "x" * (LONGEST_QUESTION + 1)])
def test_what_is_refused_stays_in_the_box(library: Library, refused: str) -> None:
    talk, conversations = chat(library)
    ((_, box),) = every(talk.reply(refused, KEY, request()))
    assert box["value"] == refused
    assert conversations.exchanges(KEY) == ()


def test_what_fails_is_put_back(library: Library) -> None:
    talk, conversations = chat(library)
    with pytest.warns(UserWarning, match="Something went wrong on the server"):  # a notice, without a page to show it
        messages, box = last(talk.reply("explode", KEY, request()))
    assert messages == []
    assert box == {"value": "explode", "submit_btn": True, "stop_btn": False, "__type__": "update"}
    assert conversations.waiting(KEY) == ()


def test_a_record_that_cannot_be_written_costs_the_link_and_not_the_answer(library: Library) -> None:
    talk, _ = chat(library, FullDisk())
    reply = last(talk.reply(BUDGET, KEY, request()))[0][-1]["content"]
    assert 'class="cite"' in reply
    assert 'class="do copy"' in reply
    assert 'class="do link"' not in reply
    assert 'class="do up"' not in reply


def test_what_is_stopped_is_neither_shown_nor_kept_and_another_question_goes_on(library: Library) -> None:
    records = SmallRecords()
    assistant = SmallAssistant(library)
    assistant.go_on.clear()
    talk, conversations = chat(library, records, assistant)

    async def stopped() -> Shown:
        slow = talk.reply(f"{BUDGET} slowly", KEY, request())
        await anext(slow)
        rest = asyncio.create_task(drained(slow))
        await asyncio.sleep(0)
        put_back = talk.stop("", KEY, request())
        await drained(talk.reply(BUDGET, KEY, request()))
        assistant.go_on.set()
        await rest
        return put_back

    messages, box = run(stopped())
    assert (messages, box["value"]) == ([], f"{BUDGET} slowly")
    assert [exchange.question for exchange in conversations.exchanges(KEY)] == [BUDGET]
    assert [kept.turns[-1] for kept in records.answers.values()] == [BUDGET]


def test_a_draft_is_not_overwritten_by_what_was_stopped(library: Library) -> None:
    talk, conversations = chat(library)
    conversations.ask(KEY, BUDGET)
    assert talk.stop("And their teams?", KEY, request())[1]["value"] == "And their teams?"


def test_a_question_sent_twice_is_answered_once(library: Library) -> None:
    talk, conversations = chat(library)

    async def twice() -> list[Shown]:
        first = talk.reply(BUDGET, KEY, request())
        await anext(first)
        second = await drained(talk.reply(BUDGET, KEY, request()))
        await drained(first)
        return second

    assert len(run(twice())) == 1
    assert len(conversations.exchanges(KEY)) == 1


def test_a_page_opened_after_the_articles_changed_tells_of_the_new_ones(library: Library) -> None:
    talk, _ = chat(library)
    assistant = SmallAssistant(library)
    opening = Opening(assistant, talk)
    unchanged = {"__type__": "update"}
    assert opening.open(request())[:2] == (unchanged, unchanged)
    assistant.library = replace(library, articles={PAIR: library.articles[PAIR]})
    heading, examples, *_ = opening.open(request())
    assert "only from [one article]" in heading
    assert all("Manager" in example["text"] for example in examples["examples"])


def test_without_a_key_that_cannot_be_guessed_the_session_is_the_conversation() -> None:
    assert conversation_key(KEY, request()) == KEY
    for claimed in ("", "short", "x" * 21 + " ", "session abd", "k" * 23):
        assert conversation_key(claimed, request()) == "session abc"


def test_the_notices_say_what_is_known_and_what_is_kept(library: Library) -> None:
    assert "4 job roles" in about(library)
    assert "[2 articles](articles)" in about(library)
    assert "kept for 30 days, without your name, and seen by reviewers" in what_is_kept(30)
    assert "kept for a day," in what_is_kept(1)
    assert "not kept" in what_is_kept(0)
    assert all("(help)" in what_is_kept(days) for days in (0, 1, 30))
