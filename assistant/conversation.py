"""Make one self-contained question of a message and the messages before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.follow_up import BACK, acknowledges, content_of, goes_on, opened, wide
from assistant.ground import Ground
from assistant.references import (
    BOSS,
    DESCRIBED,
    FIRST,
    OTHER,
    SECOND,
    about_the_boss,
    merged,
    named_as,
    short_names,
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
from assistant.understood import Understood
from corpus.catalogue import Catalogue
from corpus.role_finder import Mention, RoleFinder

OTHER_ONE = "other one"  # stands in a question for a role that is still to be chosen

# Before a role, and nothing of substance after it: the role itself is asked about, not the last question again.
_DESCRIBES = re.compile(
    r"(?:(?:who|what)(?:['’]s|\s+(?:is|are|does|do))|(?:please\s+)?(?:tell me about|describe|explain))"
    r"(?:\s+(?:an?|the))?\s*",
    re.I,
)
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
        self._catalogue = catalogue
        self._finder = finder
        self._partners = partners
        self._superiors = dict(superiors or {})

    def standalone(self, turns: Sequence[str], grounds: Sequence[Ground | None] = ()) -> Understood:
        """Return the last of the user's messages `turns`, with what it takes over from the ones before it.

        `grounds` are where those before it were answered, as far as that is known, the first message's first.
        """
        history = [Understood("")]
        for turn, ground in itertools.zip_longest(turns, grounds[: len(turns)]):
            message = " ".join(turn.split())
            if turn is not turns[-1] and acknowledges(message):
                continue
            history.append(self._next(message, history).on(ground))
        return history[-1]

    def mentions(self, message: str, before: Understood) -> tuple[Mention, ...]:
        """Return the roles that a message names, short names of the roles spoken of included."""
        found = self._finder.find(message, misspelt=True)
        spoken_of = tuple(dict.fromkeys((*before.roles, *before.pair)))
        around = tuple(dict.fromkeys((*spoken_of, *(other for role in before.roles for other in self._others(role)))))
        for near in (spoken_of, around):
            if len(near) >= _PAIR:
                roles = tuple(self._catalogue.roles[name] for name in near if name in self._catalogue.roles)
                found = merged(short_names(roles).find(message), found)
        return found

    def _next(self, message: str, history: Sequence[Understood]) -> Understood:
        before = history[-1]
        back = BACK.search(message)
        if back and len(history) > _PAIR:
            before = history[1] if back["which"].lower() in ("first", "original", "initial", "former") else history[-2]
            message = opened(message[back.end() :].lstrip(" ,:;.")) or "same"
        if not before.text:
            return self._named(message, message, self._finder.find(message, misspelt=True), before)
        said = opened(message)
        mentions = self.mentions(said, before)
        content = content_of(without_references(without(said, mentions)))
        if mentions and (content or _describes(said, mentions)):
            return self._named(_whole(said, mentions, message), said, mentions, before)
        if mentions:
            return self._switched(_certain(mentions), mentions, said, before)
        if roles := self._meant(said, before):
            return self._of_other(said, content, roles, before)
        if not content:
            return self._again(said, before)
        return self._topic(said, before)

    def _named(self, text: str, said: str, mentions: Sequence[Mention], before: Understood) -> Understood:
        """Read a question that names its own roles. Names that only this conversation explains are spelt out."""
        alone = {mention.roles for mention in self._finder.find(text, misspelt=True)}
        found = self.mentions(text, before) if before.text else tuple(mentions)
        for mention in reversed(found):
            if mention.roles not in alone:
                text = in_place(text, mention.span.start, mention.span.end, mention.roles)
        found = self.mentions(text, before) if before.text else found
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

    def _meant(self, message: str, before: Understood) -> tuple[str, ...]:
        """Return the roles of which "the other one" or "the first one" is one; none when nothing is meant so."""
        for pattern, place in ((FIRST, 0), (SECOND, 1)):
            if pattern.search(message) and len(before.pair) == _PAIR:
                return (before.pair[place],)
        if about_the_boss(message):
            said = before.roles or before.answering
            above = tuple(self._superiors[role] for role in said if role in self._superiors)
            return above[:1] or self._apart(before)[:1]
        if OTHER.search(message):
            return self._apart(before)
        described = self._apart(before) if DESCRIBED.fullmatch(message) else ()
        return described if len(described) == 1 else ()

    def _apart(self, before: Understood) -> tuple[str, ...]:
        """Return the roles of which one is the other one."""
        said = before.roles or before.answering
        if others := tuple(role for role in before.pair if role not in said):
            return others
        if len(before.roles) == _PAIR:
            return before.roles[1:]
        return tuple(other for role in before.roles for other in self._others(role))

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
        refers = pronoun_in(said)
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
        together = tuple(dict.fromkeys((*roles, *before.pair)))
        pair = roles if len(roles) >= _PAIR else together if len(together) == _PAIR else (before.pair or roles)
        if len(roles) == 1 and roles[0] not in pair:
            pair = roles
        if len(pair) == 1 and len(others := self._others(pair[0])) == 1:
            pair = (*pair, *others)
        found = self.mentions(text, before) if mentions is None else mentions
        return Understood(text, found, roles, pair, said=said)

    def _others(self, role: str) -> tuple[str, ...]:
        return tuple(self._partners.get(role, ()))


def _whole(said: str, mentions: Sequence[Mention], message: str) -> str:
    """Make a question of a message that names a role; a mere name with a circumstance becomes "What about ...?"."""
    if said == message:
        return message
    fragment = _FRAGMENT.fullmatch(said[: mentions[0].span.start])
    return f"What about {bare(said)}?" if fragment else whole_question(said)


def _describes(message: str, mentions: Sequence[Mention]) -> bool:
    possessive = re.search(r"['’]s?\W*$", message)  # "What is the plant manager's?" goes on with the last question
    return bool(_DESCRIBES.fullmatch(message[: mentions[0].span.start])) and not possessive


def _certain(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.roles[0] for mention in mentions if len(mention.roles) == 1))
