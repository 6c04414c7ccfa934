"""A message made self-contained, as it goes from message to message of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.ground import Ground
from assistant.wish import Wish
from corpus.role_finder import Mention

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Understood:
    """A message made self-contained.

    `roles` are those it names or takes over, `pair` the last two roles of the conversation, `open` the roles of which
    one is meant by `OTHER_ONE` in the text. `said` is what the message itself asked. `answering` are the roles
    that it was answered with when it named none, and `grounded` says that the article which answered is known.
    `wish` is what the message wants of the answer to the text.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    roles: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    said: str = field(default="", compare=False)
    answering: tuple[str, ...] = field(default=(), compare=False)
    grounded: bool = field(default=False, compare=False)
    wish: Wish | None = None

    def on(self, ground: Ground | None) -> Understood:
        """Return it with the roles of the article that answered spoken of, where the message left them open."""
        if ground is None or len(ground.compared) != _PAIR or not set(self.roles) <= set(ground.compared):
            return self
        answering = () if self.roles else ground.answering
        return replace(self, pair=ground.compared, answering=answering, grounded=True)
