"""The conversations that are going on. They live in memory only, bounded, and are gone when the server stops.

A browser keeps nothing but the random key of its conversation; whatever was said is looked up here.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Lock
from typing import Any

from assistant.limits import MOST_TURNS

CONVERSATION_LIMIT = 2000  # a company's busiest day; the conversation that was silent longest goes first
CHARACTER_LIMIT = 50_000_000  # of all conversations together, so that memory stays bounded whatever is asked

# 128 random bits, made by the page (static/conversation.js). Anything else could be guessed and is not used.
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


def is_key(text: str) -> bool:
    """Tell whether a text has the form of a key that a page makes for its conversation."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and what was shown for it: the Markdown of the reply, and the questions offered under it.

    `answer` is the answer object of the contract; `kept` tells whether the record has it, so that it has a permanent
    link and can be judged; `up` is the reader's thumb, None for neither; `size` is about how many characters it keeps
    in memory.
    """

    question: str
    reply: str
    options: tuple[str, ...] = ()
    answer: Mapping[str, Any] = field(default_factory=dict)
    kept: bool = False
    up: bool | None = None
    size: int = field(init=False)

    def __post_init__(self) -> None:
        text = len(self.question) + len(self.reply) + sum(map(len, self.options))
        object.__setattr__(self, "size", text + (len(json.dumps(self.answer)) if self.answer else 0))

    @property
    def answer_id(self) -> str:
        """The id of the answer, 128 random bits; empty without an answer."""
        return str(self.answer.get("id", ""))


class Conversations:
    """The last exchanges of each conversation, by the conversation's key. Every method is safe to call from threads."""

    def __init__(
        self, limit: int = CONVERSATION_LIMIT, turns: int = MOST_TURNS, characters: int = CHARACTER_LIMIT
    ) -> None:
        self._limit, self._turns, self._characters = limit, turns, characters
        self._kept: OrderedDict[str, tuple[Exchange, ...]] = OrderedDict()
        self._asked: dict[str, dict[int, str]] = {}  # what is being answered, by conversation and ticket
        self._tickets = count()
        self._size = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def exchanges(self, key: str) -> tuple[Exchange, ...]:
        """Return what was said so far, oldest first."""
        with self._lock:
            return self._kept.get(key, ())

    def exchange(self, key: str, answer_id: str) -> Exchange | None:
        """Return the exchange of a conversation that this answer was given in, or None when it stands in another."""
        return next((one for one in self.exchanges(key) if answer_id and one.answer_id == answer_id), None)

    def ask(self, key: str, question: str) -> int:
        """Note that a question is being answered, and return its ticket."""
        with self._lock:
            ticket = next(self._tickets)
            self._asked.setdefault(key, {})[ticket] = question
            return ticket

    def waiting(self, key: str) -> tuple[str, ...]:
        """Return the questions that are being answered, in the order in which they were asked."""
        with self._lock:
            return tuple(self._asked.get(key, {}).values())

    def expects(self, key: str, ticket: int) -> bool:
        """Tell whether the question with this ticket still waits for its answer."""
        with self._lock:
            return ticket in self._asked.get(key, {})

    def settle(self, key: str, ticket: int) -> None:
        """Forget that the question with this ticket is being answered."""
        with self._lock:
            asked = self._asked.get(key, {})
            asked.pop(ticket, None)
            if not asked:
                self._asked.pop(key, None)

    def stop(self, key: str) -> str:
        """Give up what is being answered and return the question asked last; empty when there is none."""
        with self._lock:
            asked = tuple(self._asked.pop(key, {}).values())
            return asked[-1] if asked else ""

    def add(self, key: str, exchange: Exchange) -> tuple[Exchange, ...]:
        """Add to a conversation, forget what no longer fits, and return the conversation as it now stands."""
        with self._lock:
            now = (*self._forget(key), exchange)[-self._turns :]
            self._keep(key, now)
            return now

    def judge(self, key: str, answer_id: str, *, up: bool) -> None:
        """Note the reader's thumb on an exchange, so that it is shown again when the page is loaded again."""
        with self._lock:
            changed = tuple(
                replace(one, up=up) if one.answer_id == answer_id else one for one in self._kept.get(key, ())
            )
            if changed:
                self._forget(key)
                self._keep(key, changed)

    def forget(self, key: str) -> None:
        """End a conversation, and give up what is being answered in it."""
        with self._lock:
            self._asked.pop(key, None)
            self._forget(key)

    def _keep(self, key: str, exchanges: tuple[Exchange, ...]) -> None:
        self._kept[key] = exchanges
        self._size += _size(exchanges)
        while len(self._kept) > 1 and (len(self._kept) > self._limit or self._size > self._characters):
            self._forget(next(iter(self._kept)))

    def _forget(self, key: str) -> tuple[Exchange, ...]:
        gone = self._kept.pop(key, ())
        self._size -= _size(gone)
        return gone


def _size(exchanges: tuple[Exchange, ...]) -> int:
    return sum(exchange.size for exchange in exchanges)
