"""The assistant of a running server: replaced whole when a new generation is published, between two questions.

A question is answered by one assistant from its first step to its last, so library and index always belong together.
An assistant that was replaced is closed when the last question that it was asked has been answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.chat import Assistant
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Serving:
    """An assistant, the name of the generation it answers from, and how to let go of what it holds open.

    `whole` is false when a part of the generation is damaged: it answers right, and should be built anew. `lost` tells
    at any time whether its vector store has lost what it held: then it should be opened anew.
    """

    assistant: Assistant
    generation: str
    close: Callable[[], None]
    whole: bool = True
    lost: Callable[[], bool] = bool


class LiveAssistant:
    """Answers from whatever was swapped in last. Safe to use from several threads."""

    def __init__(self, first: Serving) -> None:
        self._lock = threading.Lock()
        self._serving = first
        self._asked: dict[int, int] = {}  # questions not answered yet, by the identity of what answers them
        self._leaving = False
        self._closed = False

    @property
    def library(self) -> Library:
        """The articles in use. What is made from it goes out of date: ask again for every request."""
        return self._serving.assistant.library

    @property
    def generation(self) -> str:
        """The name of the generation in use."""
        return self._serving.generation

    @property
    def whole(self) -> bool:
        """Whether every file of the generation in use was as it was published."""
        return self._serving.whole

    @property
    def lost(self) -> bool:
        """Whether the vector store of the generation in use has lost what it held; exact search stands in for it."""
        return self._serving.lost()

    def answer(self, turns: Sequence[str], answer_id: str | None = None) -> Answer:
        """Answer the last of the turns, from one generation; raise what `Assistant.answer` raises."""
        with self._lent() as assistant:
            return assistant.answer(turns, answer_id)

    def swap(self, new: Serving) -> None:
        """Let every question from now on be answered by `new`; those under way keep what they began with."""
        with self._lock:
            old, self._serving = self._serving, new
            idle = id(old) not in self._asked
        if idle:
            old.close()

    @property
    def ready(self) -> bool:
        """Whether questions should be sent here. They are answered from the start, until it is told to leave."""
        return not self._leaving

    def leave(self) -> None:
        """Be ready no more: whoever sends questions should send them elsewhere. Those that come are still answered."""
        self._leaving = True

    def close(self) -> None:
        """Let go of everything once the questions under way are answered. No question may come after this."""
        self._leaving = True
        with self._lock:
            self._closed = True
            idle = not self._asked
        if idle:
            self._serving.close()

    @contextmanager
    def _lent(self) -> Iterator[Assistant]:
        with self._lock:
            serving = self._serving
            self._asked[id(serving)] = self._asked.get(id(serving), 0) + 1
        try:
            yield serving.assistant
        finally:
            with self._lock:
                self._asked[id(serving)] -= 1
                last = not self._asked[id(serving)]
                if last:
                    del self._asked[id(serving)]
                over = last and (self._closed or serving is not self._serving)
            if over:
                serving.close()
