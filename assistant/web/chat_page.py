"""The chat page: Gradio draws it, the server keeps the conversation (`chat_events.py` says what its events do)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio.to_thread
import gradio as gr

from assistant.limits import LONGEST_QUESTION
from assistant.records.kept import Records
from assistant.web.answers import Answers
from assistant.web.chat_events import Chat, Work
from assistant.web.examples import example_questions
from assistant.web.history import Conversations
from assistant.web.notices import START, about, what_is_kept
from assistant.web.turns import MOST_WAITING
from corpus.library import Library

THREADS = 20  # for the small events; answers have threads of their own (turns.py)


def chat_blocks(
    assistant: Answers,
    records: Records,
    conversations: Conversations,
    days: int,
    work: Work = anyio.to_thread.run_sync,
) -> gr.Blocks:
    """Return the chat page, ready to be mounted.

    Answers stay on record for `days` days; 0 means none is kept. `work` does the answering, in a thread.
    """
    chat = Chat(assistant, records, conversations, work, keeps=days > 0)
    with gr.Blocks(title="Rolewise", fill_height=True, analytics_enabled=False) as blocks:
        with gr.Row(elem_id="top", equal_height=True):
            heading = gr.Markdown(about(assistant.library), elem_id="about", container=False)
            anew = gr.Button("New conversation", elem_id="anew", size="sm", scale=0, min_width=0)
        messages = _messages(assistant.library)
        box = _question_box()
        gr.Markdown(what_is_kept(days), elem_id="kept", container=False)
        # Written and clicked by the page's scripts: the conversation's key, and a question that was put right.
        key = _unseen_box("conversation")
        corrected = _unseen_box("corrected")
        ask = gr.Button("Ask the corrected question", elem_id="ask-corrected", visible="hidden")
        # Not on the page before the opening event has come back: from then on a click on it is heard.
        resume = gr.Button("Show the conversation again", elem_id="resume", visible=False)
        shown = [messages, box]
        _wire(box.submit, chat.reply, [box, key], shown)
        _wire(messages.example_select, chat.reply_to_example, [key], shown)
        _wire(messages.option_select, chat.reply_to_option, [key], shown)
        _wire(ask.click, chat.reply_to_corrected, [corrected, key], shown)
        _wire(box.stop, chat.stop, [box, key], shown)
        _wire(anew.click, chat.start_anew, [key], shown)
        _wire(resume.click, chat.resume, [key], [messages])
        _wire(blocks.load, Opening(assistant, chat).open, None, [heading, messages, box, resume])
    blocks.max_threads = THREADS
    blocks.queue(default_concurrency_limit=MOST_WAITING, max_size=MOST_WAITING, api_open=False)
    return blocks


class Opening:
    """What a page shows that is opened after the articles have changed: the page itself was made before."""

    def __init__(self, assistant: Answers, chat: Chat) -> None:
        self._assistant = assistant
        self._chat = chat
        self._drawn = _about_library(assistant.library)

    def open(self, request: gr.Request) -> tuple[Any, Any, Any, Any]:
        """Return what becomes of the heading, the examples, the box, and the button to resume."""
        now = _about_library(self._assistant.library)
        heading, examples = now
        fresh = (heading, gr.update(examples=_offered(examples))) if now != self._drawn else (gr.skip(), gr.skip())
        return *fresh, self._chat.prefill(request), gr.update(visible="hidden")


def _about_library(library: Library) -> tuple[str, tuple[str, ...]]:
    return about(library), example_questions(library.articles.values())


def _offered(examples: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"text": question} for question in examples]


def _messages(library: Library) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label="Conversation",
        show_label=False,
        container=False,
        height=None,
        scale=1,
        layout="bubble",
        autoscroll=False,  # chat.js goes to the latest question instead
        buttons=[],
        latex_delimiters=[],
        group_consecutive_messages=False,
        placeholder=START,
        examples=_offered(example_questions(library.articles.values())),
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="Your question",
        show_label=False,
        container=False,
        placeholder="Ask about job roles …",
        max_length=LONGEST_QUESTION,
        max_lines=6,
        submit_btn=True,
        autofocus=True,
    )


def _unseen_box(name: str) -> gr.Textbox:
    return gr.Textbox(elem_id=name, label=name, visible="hidden", max_length=LONGEST_QUESTION)


def chat_theme() -> gr.themes.Base:
    """Return a quiet theme with the fonts of the machine: no font is fetched, and the primary button is dark."""
    sans = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="lg",
        font=sans,
        font_mono=["ui-monospace", "monospace"],
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_text_color="white",
    )


def _wire(event: Callable[..., Any], does: Callable[..., Any], sends: list[Any] | None, shows: list[Any]) -> None:
    # "multiple": who has stopped an answer may ask at once, though the server may still be thinking about the old one.
    settings = {"show_progress": "hidden", "api_visibility": "private", "concurrency_id": "answers"}
    event(does, sends, shows, trigger_mode="multiple", **settings)
