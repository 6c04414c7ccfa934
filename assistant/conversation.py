"""Make one self-contained question of a message and the messages before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.counted import with_names
from assistant.echo import circumstances_of, echoed, placed, who_does, with_other_sides
from assistant.follow_up import (
    AGAIN,
    BACK,
    confirms,
    content_of,
    corrects,
    describes,
    in_the_same_case,
    names_topic,
    opened,
    setting_in,
    wide,
)
from assistant.ground import Ground
from assistant.pronouns import one_person, pronoun_in, spelt_out
from assistant.references import (
    BOSS,
    BOSS_ASKED,
    FIRST,
    OTHER,
    OTHER_ONE,
    SECOND,
    certain,
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
    is_phrase,
    named,
    recalling,
    singular_verb,
    whole_question,
    whole_with_name,
    with_roles,
    without,
)
from assistant.sides import in_a_row, sides
from assistant.spoken_of import SpokenOf
from assistant.understood import Understood
from assistant.wish import Wants, Wish, unworded, wish_of
from corpus.catalogue import Catalogue
from corpus.role_finder import Mention, RoleFinder

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
        if not self._finder.find(asked, misspelt=True):
            asked = with_names(asked, history, self._partners)
        read = self._read(asked, history)
        spoken_of = (*read.roles, *certain(read.mentions), *before.earlier)
        return replace(read, wish=worded, earlier=tuple(dict.fromkeys(spoken_of)))

    def _wanted(self, wish: Wish, before: Understood) -> Understood:
        """Read a message that wants something of the last answer: more of it each time that is asked."""
        again = wish.wants is Wants.MORE and before.wish is not None and before.wish.wants is Wants.MORE
        times = before.wish.times + 1 if again and before.wish else 1
        mentions = self._asked(before)
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
        if not mentions:
            return self._without_names(said, message, before)
        return self._naming(said, mentions, message, before)

    def _naming(self, said: str, mentions: Sequence[Mention], message: str, before: Understood) -> Understood:
        """Read a follow-up that names roles: a question of its own, or the last one asked of others."""
        if changed := with_other_sides(said, mentions, before, self._asked(before)):
            return self._understood(*changed, before, before.said)
        content = content_of(without_references(said, without(said, mentions)))
        case = circumstances_of(before.text, self._finder) if in_the_same_case(message) else None
        if case:
            said = f"{bare(said)} {case}?"
            mentions = self._spoken_of.mentions(said, before)
        if content or case or not in_a_row(said, mentions) or (case is None and describes(said, mentions)):
            return self._named(whole_with_name(said, mentions[0].span.start, message), said, mentions, before)
        return self._switched(certain(mentions), mentions, said, before)

    def _without_names(self, said: str, message: str, before: Understood) -> Understood:
        if where := setting_in(said):
            return self._placed(where, message, before)
        content = content_of(without_references(said, said))
        if roles := self._spoken_of.meant(said, before):
            return self._of_other(said, content, roles, before)
        if not content:
            return self._again(said, before)
        if not names_topic(message) and (text := echoed(said, before.text, self._asked(before))):
            found = self._understood(text, before.roles, before, said)
            return found if found.roles else found.left()
        return self._topic(said, before)

    def _placed(self, where: str, message: str, before: Understood) -> Understood:
        """Read a message that says where the one who asks is: the last question, asked there."""
        if setting_in(before.text):
            return Understood(message, said=message)
        text = placed(where, before.text, self._asked(before))
        return self._understood(text, before.roles, before, before.said).left()

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
        if before.text:
            found = self._spoken_of.mentions(text, before)
            text = self._spoken_of.spelt_out_beside(text, found, before)
            found = self._spoken_of.mentions(text, before)
        return self._understood(text, sides(text, found, self._partners), before, said, found)

    def _switched(
        self, roles: tuple[str, ...], mentions: Sequence[Mention], said: str, before: Understood
    ) -> Understood:
        """Ask the last question about other roles."""
        asked = self._asked(before)
        if not roles:  # an ambiguous name
            return self._understood(said, (), before, said, tuple(mentions))
        if asked:
            text = as_question(with_roles(before.text, asked, roles))
            roles = certain(self._finder.find(text)) or roles  # two roles that changed places are both asked about
        else:
            text = recalling(f"What about {named(roles)}?", before.said)
        return self._understood(text, roles, before, before.said)

    def _of_other(self, said: str, content: Sequence[str], roles: tuple[str, ...], before: Understood) -> Understood:
        one = roles if len(roles) == 1 else (OTHER_ONE,)
        patterns = (FIRST, SECOND, BOSS, OTHER)
        found = next((match for pattern in patterns if (match := pattern.search(said))), None)
        asked = self._asked(before)
        if found and content:
            start = said[: found.start()]
            start = (singular_verb(start) if found.group().lower().startswith("the others") else None) or start
            text = whole_question(f"{start}{named_as(found.group(), one[0])}{said[found.end() :]}")
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
            text = who_does(said, before.text, self._asked(before), self._both(before)) or recalling(said, before.said)
            return self._understood(text, self._both(before), before, said)
        return replace(before, mentions=self._asked(before))

    def _topic(self, said: str, before: Understood) -> Understood:
        """Read a question of its own that names no role: it keeps the roles spoken of."""
        refers = pronoun_in(said)
        if refers and asks_who(said) and BOSS.search(said) and BOSS_ASKED.search(before.text):
            before = replace(before, roles=self._spoken_of.above(before.roles) or before.roles)
        meant = self._spoken_of.stood_for(one_person(refers), before, ()) if refers else ()
        spoken_of = meant or before.roles or (() if refers else before.pair)
        if not spoken_of:
            if where := setting_in(before.text):
                return self._understood(placed(where, whole_question(said), ()), (), before, said)
            return self._understood(recalling(said, before.said), (), before, said)
        roles = spoken_of if refers or not wide(said, before.said) else self._both(before)
        text = (spelt_out(said, roles) if refers or BOTH.search(said) else None) or about(said, roles)
        if not refers and confirms(before.said) and not before.grounded and is_phrase(said):
            text = f"{as_question(before.text)} {text}"
        return self._understood(text, roles, before, said)

    def _asked(self, before: Understood) -> tuple[Mention, ...]:
        return self._finder.find(before.text, misspelt=True)

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
