"""The conversations that are going on. They live in memory only, bounded, and are gone when the server stops."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from assistant.limits import MOST_TURNS

CONVERSATION_LIMIT = 2000  # a company's busiest day; the conversation that was silent longest goes first
CHARACTER_LIMIT = 50_000_000  # of all conversations together, so that memory stays bounded whatever is asked


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and what was shown for it: the Markdown of the reply, and the questions offered under it."""

    question: str
    reply: str
    options: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many characters it keeps in memory."""
        return len(self.question) + len(self.reply) + sum(map(len, self.options))


class Conversations:
    """The last exchanges of each conversation, by the conversation's key. Every method is safe to call from threads."""

    def __init__(
        self, limit: int = CONVERSATION_LIMIT, turns: int = MOST_TURNS, characters: int = CHARACTER_LIMIT
    ) -> None:
        self._limit, self._turns, self._characters = limit, turns, characters
        self._kept: OrderedDict[str, tuple[Exchange, ...]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def exchanges(self, key: str) -> tuple[Exchange, ...]:
        """Return what was said so far, oldest first."""
        with self._lock:
            return self._kept.get(key, ())

    def add(self, key: str, exchange: Exchange) -> tuple[Exchange, ...]:
        """Add to a conversation, forget what no longer fits, and return the conversation as it now stands."""
        with self._lock:
            now = (*self._forget(key), exchange)[-self._turns :]
            self._kept[key] = now
            self._size += _size(now)
            while len(self._kept) > 1 and (len(self._kept) > self._limit or self._size > self._characters):
                self._forget(next(iter(self._kept)))
            return now

    def forget(self, key: str) -> None:
        """End a conversation."""
        with self._lock:
            self._forget(key)

    def _forget(self, key: str) -> tuple[Exchange, ...]:
        gone = self._kept.pop(key, ())
        self._size -= _size(gone)
        return gone


def _size(exchanges: tuple[Exchange, ...]) -> int:
    return sum(exchange.size for exchange in exchanges)
