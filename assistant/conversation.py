"""Make one self-contained question of a message and the messages before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.echo import echoed
from assistant.follow_up import (
    AGAIN,
    BACK,
    CIRCUMSTANCES,
    content_of,
    corrects,
    describes,
    goes_on,
    in_the_same_case,
    opened,
    wide,
)
from assistant.ground import Ground
from assistant.references import (
    BOSS,
    BOSS_ASKED,
    FIRST,
    OTHER,
    SECOND,
    named_as,
    without_references,
)
from assistant.rewording import (
    BOTH,
    about,
    as_question,
    asks_who,
    bare,
    in_place,
    named,
    pronoun_in,
    recalling,
    spelt_out,
    whole_question,
    with_roles,
    without,
)
from assistant.sides import sides
from assistant.spoken_of import SpokenOf
from assistant.understood import Understood
from assistant.wish import Wants, Wish, unworded, wish_of
from corpus.catalogue import Catalogue
from corpus.role_finder import Mention, RoleFinder

OTHER_ONE = "other one"  # stands in a question for a role that is still to be chosen

_FRAGMENT = re.compile(r"(?:(?:the|an?)\s+)?$", re.I)
_PAIR = 2


class Conversation:
    """Reads the messages of conversations about the roles of one library."""

    def __init__(
        self,
        catalogue: Catalogue,
        finder: RoleFinder,
        partners: Mapping[str, Sequence[str]],
        superiors: Mapping[str, str] | None = None,
    ) -> None:
        """Find roles with `finder`. `partners` are the roles each is compared with, `superiors` whom it reports to."""
        self._finder = finder
        self._partners = partners
        self._spoken_of = SpokenOf(catalogue, finder, partners, superiors or {})

    def standalone(self, turns: Sequence[str], grounds: Sequence[Ground | None] = ()) -> Understood:
        """Return the last of the user's messages `turns`, with what it takes over from the ones before it.

        `grounds` are where those before it were answered, as far as that is known, the first message's first.
        """
        history = [Understood("")]
        for turn, ground in itertools.zip_longest(turns, grounds[: len(turns)]):
            history.append(self._next(" ".join(turn.split()), history).on(ground))
        return history[-1]

    def _next(self, message: str, history: Sequence[Understood]) -> Understood:
        before = history[-1]
        if before.text and (wish := wish_of(opened(message))):
            return self._wanted(wish, before)
        asked, worded = unworded(message)
        return replace(self._read(asked, history), wish=worded)

    def _wanted(self, wish: Wish, before: Understood) -> Understood:
        """Read a message that wants something of the last answer: more of it each time that is asked."""
        again = wish.wants is Wants.MORE and before.wish is not None and before.wish.wants is Wants.MORE
        times = before.wish.times + 1 if again and before.wish else 1
        mentions = self._finder.find(before.text, misspelt=True)
        return replace(before, mentions=mentions, wish=replace(wish, times=times))

    def _read(self, message: str, history: Sequence[Understood]) -> Understood:
        before = history[-1]
        back = BACK.search(message) or AGAIN.match(opened(message))
        if back and len(history) > _PAIR:
            before = self._gone_back(back, history)
            left = "" if back.re is AGAIN else message[back.end() :].lstrip(" ,:;.")
            message = opened(left) or "same"
        if not before.text:
            return self._named(message, message, self._finder.find(message, misspelt=True), before)
        said = opened(message)
        mentions = self._spoken_of.mentions(said, before)
        if not mentions and corrects(message):
            said = f"{bare(said)} one"
            mentions = self._spoken_of.mentions(said, before)
        content = content_of(without_references(without(said, mentions)))
        case = self._case(before) if mentions and in_the_same_case(message) else None
        if case:
            said = f"{bare(said)} {case}?"
            mentions = self._spoken_of.mentions(said, before)
        if mentions and (content or case or (case is None and describes(said, mentions))):
            return self._named(_whole(said, mentions, message), said, mentions, before)
        if mentions:
            return self._switched(_certain(mentions), mentions, said, before)
        if roles := self._spoken_of.meant(said, before):
            return self._of_other(said, content, roles, before)
        if not content:
            return self._again(said, before)
        return self._topic(said, before)

    def _case(self, before: Understood) -> str:
        """Return the circumstances that the question before spoke of, if any: "in an inspection"."""
        found = [one.group() for one in CIRCUMSTANCES.finditer(bare(before.text))]
        return next((one for one in reversed(found) if not self._finder.find(one)), "")

    def _gone_back(self, back: re.Match[str], history: Sequence[Understood]) -> Understood:
        """Return the message that "the first question" or "the last topic" is; roles alone are no topic."""
        if back["which"].lower() not in ("first", "original", "initial", "former"):
            return history[-2]
        asked = (one for one in history[1:] if content_of(without(one.text, self._finder.find(one.text))))
        return next(asked, history[1]) if back["topic"] else history[1]

    def _named(self, text: str, said: str, mentions: Sequence[Mention], before: Understood) -> Understood:
        """Read a question that names its own roles. Names that only this conversation explains are spelt out."""
        alone = {mention.roles for mention in self._finder.find(text, misspelt=True)}
        found = self._spoken_of.mentions(text, before) if before.text else tuple(mentions)
        for mention in reversed(found):
            if mention.roles not in alone:
                text = in_place(text, mention.span.start, mention.span.end, mention.roles)
        found = self._spoken_of.mentions(text, before) if before.text else found
        return self._understood(text, sides(text, found, self._partners), before, said, found)

    def _switched(
        self, roles: tuple[str, ...], mentions: Sequence[Mention], said: str, before: Understood
    ) -> Understood:
        """Ask the last question about other roles."""
        asked = self._finder.find(before.text, misspelt=True)
        if not roles:  # an ambiguous name
            return self._understood(said, (), before, said, tuple(mentions))
        if asked:
            text = as_question(with_roles(before.text, asked, roles))
            roles = _certain(self._finder.find(text)) or roles  # two roles that changed places are both asked about
        else:
            text = recalling(f"What about {named(roles)}?", before.said)
        return self._understood(text, roles, before, before.said)

    def _of_other(self, said: str, content: Sequence[str], roles: tuple[str, ...], before: Understood) -> Understood:
        one = roles if len(roles) == 1 else (OTHER_ONE,)
        patterns = (FIRST, SECOND, BOSS, OTHER)
        found = next((match for pattern in patterns if (match := pattern.search(said))), None)
        asked = self._finder.find(before.text, misspelt=True)
        if found and content:
            text = whole_question(f"{said[: found.start()]}{named_as(found.group(), one[0])}{said[found.end() :]}")
        elif asked:
            described = f" ({bare(said)})" if not found else ""
            text = as_question(with_roles(before.text, asked, (f"{one[0]}{described}",)))
        else:
            text = recalling(f"What about the {one[0]}?", before.said)
        understood = self._understood(text, roles if len(roles) == 1 else (), before, said)
        return replace(understood, open=roles) if len(roles) > 1 else understood

    def _again(self, said: str, before: Understood) -> Understood:
        """Read a message without words of its own: the last question again, or who it is then."""
        if asks_who(said) and before.said:
            roles = self._both(before)
            text = recalling(said, before.said)
            return self._understood(text, roles, before, said)
        return replace(before, mentions=self._finder.find(before.text, misspelt=True))

    def _topic(self, said: str, before: Understood) -> Understood:
        """Read a question of its own that names no role: it keeps the roles spoken of."""
        if text := echoed(said, before.text):
            return self._understood(text, before.roles, before, said)
        refers = pronoun_in(said)
        if refers and asks_who(said) and BOSS.search(said) and BOSS_ASKED.search(before.text):
            before = replace(before, roles=self._spoken_of.above(before.roles) or before.roles)
        spoken_of = before.roles or (before.answering if refers else before.pair)
        if not spoken_of:
            return self._understood(recalling(said, before.said), (), before, said)
        roles = spoken_of if refers or not wide(said, before.said) else self._both(before)
        text = (spelt_out(said, roles) if refers or BOTH.search(said) else None) or about(said, roles)
        if not refers and goes_on(before.said) and not before.grounded:
            text = f"{as_question(before.said)} {text}"
        return self._understood(text, roles, before, said)

    def _both(self, before: Understood) -> tuple[str, ...]:
        return before.pair if len(before.pair) == _PAIR else before.roles

    def _understood(
        self,
        text: str,
        roles: tuple[str, ...],
        before: Understood,
        said: str,
        mentions: tuple[Mention, ...] | None = None,
    ) -> Understood:
        found = self._spoken_of.mentions(text, before) if mentions is None else mentions
        return Understood(text, found, roles, self._spoken_of.pair(roles, before), said=said)


def _whole(said: str, mentions: Sequence[Mention], message: str) -> str:
    """Make a question of a message that names a role; a mere name with a circumstance becomes "What about ...?"."""
    if said == message:
        return message
    fragment = _FRAGMENT.fullmatch(said[: mentions[0].span.start])
    return f"What about {bare(said)}?" if fragment else whole_question(said)


def _certain(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.roles[0] for mention in mentions if len(mention.roles) == 1))
