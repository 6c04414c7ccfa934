"""What the chat page's events do. Nothing that a browser claims was said is used: the server has the conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.limits import LONGEST_QUESTION, MOST_TURNS, LimitError
from assistant.records.kept import Records, RecordsError
from assistant.render import to_object
from assistant.web.answers import Answers, checked_conversation
from assistant.web.failures import MESSAGE, record_failure
from assistant.web.history import Conversations, is_key
from assistant.web.replies import messages_of, reply_to, waiting_for
from assistant.web.turns import BusyError

Work = Callable[[Callable[[], None]], Awaitable[None]]  # whoever has something done in a thread
Shown = tuple[Any, Any]  # what becomes of the Chatbot, and of the box that questions are written in


def conversation_key(claimed: str, request: gr.Request) -> str:
    """Return the key of the conversation: the page's own, or without one that of Gradio's session."""
    return claimed if is_key(claimed) else f"session {request.session_hash}"


class Chat:
    """The events. Each takes what the browser sent, the key of its conversation among it, and yields what is shown."""

    def __init__(
        self, assistant: Answers, records: Records, conversations: Conversations, work: Work, *, keeps: bool
    ) -> None:
        """Take the parts; `keeps` tells whether `records` keep answers, so that links and thumbs are offered."""
        self._assistant = assistant
        self._records = records
        self._conversations = conversations
        self._work = work
        self._keeps = keeps

    async def reply(self, message: str, conversation: str, request: gr.Request) -> AsyncIterator[Shown]:
        """Answer what was written in the box, which is emptied; what is refused or fails is put back."""
        async for shown in self._reply(message, conversation_key(conversation, request), request, box=""):
            yield shown

    async def reply_to_example(
        self, conversation: str, event: gr.SelectData, request: gr.Request
    ) -> AsyncIterator[Shown]:
        """Answer the example question that was clicked; what stands in the box stays there."""
        example = event.value["text"] if isinstance(event.value, dict) and "text" in event.value else ""
        async for shown in self._reply(str(example), conversation_key(conversation, request), request):
            yield shown

    async def reply_to_option(
        self, conversation: str, event: gr.SelectData, request: gr.Request
    ) -> AsyncIterator[Shown]:
        """Answer the suggestion that was clicked."""
        async for shown in self._reply(str(event.value), conversation_key(conversation, request), request):
            yield shown

    async def reply_to_corrected(self, question: str, conversation: str, request: gr.Request) -> AsyncIterator[Shown]:
        """Answer the question that a reader has put right: it is asked anew, after the one that was misread."""
        async for shown in self._reply(question, conversation_key(conversation, request), request):
            yield shown

    async def _reply(self, message: str, key: str, request: gr.Request, box: str | None = None) -> AsyncIterator[Shown]:
        try:
            (question,) = checked_conversation([message])
        except LimitError as error:
            gr.Info(str(error), title="Not sent")
            yield gr.skip(), gr.update(value=message)
            return
        if question in self._conversations.waiting(key):
            yield self._shown(key, request, box)  # sent twice, by a key that was held down
            return
        ticket = self._conversations.ask(key, question)
        put_back = None
        try:
            yield self._shown(key, request, box)
            await self._work(partial(self._answer, key, ticket, question, _root(request)))
        except BusyError as error:
            gr.Warning(str(error), title="Not sent")
            put_back = question
        except Exception as error:  # noqa: BLE001 - Gradio would print the message, and with it the question
            gr.Warning(MESSAGE.format(id=record_failure(error)), title="No answer")
            put_back = question
        finally:
            self._conversations.settle(key, ticket)
        yield self._shown(key, request, put_back)

    def _answer(self, key: str, ticket: int, question: str, root: str) -> None:
        """Answer a question and add it to its conversation, unless it was stopped or the conversation has ended."""
        earlier = [exchange.question for exchange in self._conversations.exchanges(key)]
        turns = [*earlier, question][-MOST_TURNS:]
        answer = self._assistant.answer(turns)
        if self._conversations.expects(key, ticket):
            self._conversations.add(key, reply_to(question, answer, root, kept=self._keep(turns, answer)))

    def _keep(self, turns: list[str], answer: Answer) -> bool:
        """Put an answer on record; a record that cannot be written costs the reader the link, not the answer."""
        try:
            self._records.keep(turns, to_object(answer))
        except RecordsError as error:
            record_failure(error)
            return False
        return self._keeps

    def _shown(self, key: str, request: gr.Request, box: str | None) -> Shown:
        """Return the conversation as it now stands, and the box with `box` in it; None leaves in it what is there."""
        waiting = self._conversations.waiting(key)
        messages = messages_of(self._conversations.exchanges(key), _root(request), offers=not waiting)
        for question in waiting:
            messages += waiting_for(question)
        buttons = {"submit_btn": not waiting, "stop_btn": bool(waiting)}
        return messages, gr.update(**buttons) if box is None else gr.update(value=box, **buttons)

    def stop(self, written: str, conversation: str, request: gr.Request) -> Shown:
        """Give up the question that is being answered, and put it back into the box unless something new is there."""
        key = conversation_key(conversation, request)
        question = self._conversations.stop(key)
        return self._shown(key, request, written or question)

    def start_anew(self, conversation: str, request: gr.Request) -> Shown:
        """Forget the conversation."""
        key = conversation_key(conversation, request)
        self._conversations.forget(key)
        return self._shown(key, request, "")

    def resume(self, conversation: str, request: gr.Request) -> Any:
        """Show the conversation again after the page was loaded again."""
        exchanges = self._conversations.exchanges(conversation_key(conversation, request))
        return messages_of(exchanges, _root(request)) if exchanges else gr.skip()

    def prefill(self, request: gr.Request) -> Any:
        """Put the question of an address such as /?q=... into the box. It is not sent: a link asks in nobody's name."""
        return str(request.query_params.get("q") or "").strip()[:LONGEST_QUESTION] or gr.skip()


def _root(request: gr.Request) -> str:
    """Return the path that a proxy serves us under, so that links lead back through it."""
    return str(request.request.scope.get("root_path", "")).rstrip("/") if request.request else ""
