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
    one is meant by `OTHER_ONE` in the text, `earlier` all that the conversation spoke of so far. `said` is what the
    message itself asked. `answering` is the one of its roles that the answer singled out, or those it was answered
    with when it named none. `grounded` says that the article which answered is known, `anew` that it is left again.
    `wish` is what the message wants of the answer to the text.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    roles: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    said: str = field(default="", compare=False)
    answering: tuple[str, ...] = field(default=(), compare=False)
    earlier: tuple[str, ...] = field(default=(), compare=False)
    anew: bool = field(default=False, compare=False)
    grounded: bool = field(default=False, compare=False)
    wish: Wish | None = None

    def left(self) -> Understood:
        """Return it asked of all articles on its roles, wherever the last answer stood."""
        return replace(self, pair=self.roles, anew=True)

    def on(self, ground: Ground | None) -> Understood:
        """Return it with the roles of the article that answered spoken of, where the message left them open."""
        if ground is None:
            return self
        singled = len(ground.answering) == 1 and set(ground.answering) < set(self.roles)
        answering = ground.answering if singled or not self.roles else ()
        if len(ground.compared) != _PAIR or not set(self.roles) <= set(ground.compared):
            return replace(self, answering=answering if singled else ())
        return replace(self, pair=ground.compared, answering=answering, grounded=True)
