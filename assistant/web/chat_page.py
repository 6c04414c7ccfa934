"""The chat page: Gradio draws it, the server keeps the conversation. Nothing that a browser claims was said is used.

The page sends the new message and the key of its conversation; what was said before comes from `Conversations`.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr

from assistant.limits import LONGEST_QUESTION, MOST_TURNS, LimitError
from assistant.records.kept import Records
from assistant.render import to_object
from assistant.web.answers import Answers, checked_conversation
from assistant.web.examples import example_questions
from assistant.web.failures import MESSAGE, record_failure
from assistant.web.history import Conversations
from assistant.web.replies import messages_of, reply_to
from assistant.web.turns import MOST_WAITING, BusyError, Turns
from corpus.library import Library

THREADS = 20  # for the small events; answers have threads of their own (turns.py)

Shown = tuple[Any, str]  # the messages of the Chatbot, and the text left in the box


class Chat:
    """What the page's events do. Each method takes what the browser sent and returns what is shown."""

    def __init__(self, assistant: Answers, records: Records, conversations: Conversations) -> None:
        self._assistant = assistant
        self._records = records
        self._conversations = conversations

    def reply(self, message: str, request: gr.Request) -> Shown:
        """Answer a message in the conversation that the request belongs to."""
        key = request.session_hash or ""
        try:
            (question,) = checked_conversation([message])
            earlier = [exchange.question for exchange in self._conversations.exchanges(key)]
            turns = [*earlier, question][-MOST_TURNS:]
            answer = self._assistant.answer(turns)
            self._records.keep(turns, to_object(answer))
        except LimitError as error:
            gr.Info(str(error), title="Not sent")
            return gr.skip(), message
        except Exception as error:  # noqa: BLE001 - Gradio would print the message, and with it the question
            gr.Warning(MESSAGE.format(id=record_failure(error)), title="No answer")
            return gr.skip(), message
        exchange = reply_to(question, answer, _root(request))
        return messages_of(self._conversations.add(key, exchange)), ""

    def reply_to_example(self, event: gr.SelectData, request: gr.Request) -> Shown:
        """Answer the example question that was clicked."""
        example = event.value  # as the browser sends it, which may be anything
        return self.reply(str(example.get("text", "") if isinstance(example, dict) else ""), request)

    def reply_to_option(self, event: gr.SelectData, request: gr.Request) -> Shown:
        """Answer the suggestion that was clicked."""
        return self.reply(str(event.value), request)

    def start_anew(self, request: gr.Request) -> Shown:
        """Forget the conversation."""
        self._conversations.forget(request.session_hash or "")
        return [], ""

    def prefill(self, request: gr.Request) -> Any:
        """Put the question of an address such as /?q=... into the box. It is not sent: a link asks in nobody's name."""
        return str(request.query_params.get("q") or "").strip()[:LONGEST_QUESTION] or gr.skip()


def chat_blocks(assistant: Answers, records: Records, conversations: Conversations, turns: Turns) -> gr.Blocks:
    """Return the chat page, ready to be mounted. An answer waits for its turn with all others of the server."""
    chat = Chat(assistant, records, conversations)
    with gr.Blocks(title="Rolewise", fill_height=True, analytics_enabled=False) as blocks:
        with gr.Row(elem_id="top", equal_height=True):
            gr.Markdown(f"# Rolewise\n\n{_notice(assistant.library)}", elem_id="about", container=False)
            anew = gr.Button("New conversation", elem_id="anew", size="sm", scale=0, min_width=0)
        messages = _messages(assistant.library)
        box = _question_box()
        _wire(box.submit, in_turn(turns, chat.reply), [box], [messages, box])
        _wire(messages.example_select, in_turn(turns, chat.reply_to_example), None, [messages, box])
        _wire(messages.option_select, in_turn(turns, chat.reply_to_option), None, [messages, box])
        _wire(blocks.load, chat.prefill, None, [box])
        _wire(anew.click, chat.start_anew, None, [messages, box])
    blocks.max_threads = THREADS
    blocks.queue(default_concurrency_limit=MOST_WAITING, max_size=MOST_WAITING, api_open=False)
    return blocks


def in_turn(turns: Turns, does: Callable[..., Shown]) -> Callable[..., Awaitable[Shown]]:
    """Return an event that waits for its turn; when none comes in time the page says so and keeps the message."""

    @functools.wraps(does)  # Gradio reads from the arguments what to hand over
    async def waiting(*args: Any) -> Shown:
        try:
            return await turns.take(functools.partial(does, *args))
        except BusyError as error:
            gr.Warning(str(error), title="Not sent")
            return gr.skip(), gr.skip()

    return waiting


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
        placeholder="## What would you like to know?\n\nEvery statement comes with the sentence it rests on.",
        examples=[{"text": question} for question in example_questions(library.articles.values())],
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
    event(does, sends, shows, show_progress="hidden", api_visibility="private", concurrency_id="answers")


def _notice(library: Library) -> str:
    articles, roles = len(library.articles), len(library.roles())
    counted = "one article" if articles == 1 else f"{articles:,} articles"
    return (
        f"I answer questions about {roles:,} job roles, only from [{counted}](articles), "
        "and cite the exact sentence for every statement."
    )


def _root(request: gr.Request) -> str:
    """Return the path that a proxy serves us under, so that links lead back through it."""
    return str(request.request.scope.get("root_path", "")).rstrip("/") if request.request else ""
