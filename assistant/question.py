"""What is asked: roles, topics and intent of a self-contained question, read with the library's names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Conversation
from assistant.ground import Ground
from assistant.intent import RANK, Intent, asked_for_truth, compares_at_large, intent_of, whole_of
from assistant.language import foreign
from assistant.offer import Offer
from assistant.parts import Part, Parts
from assistant.ranks import Way, way_asked
from assistant.references import OTHER_ONE
from assistant.sides import in_a_row
from assistant.smalltalk import asked_in
from assistant.strangers import MOST_TITLES, Strangers
from assistant.superiors import superiors
from assistant.told import Told, asks_all_of_it
from assistant.turns import asking_turns, chosen, is_talk, openings_apart
from assistant.understood import Understood
from assistant.wish import Wish
from corpus.library import Library, shipped_texts
from corpus.role_finder import Mention
from corpus.spelling import Spelling
from corpus.words import Word, word_list, words

_COMPARING = word_list("comparing")
_PLAIN_WORDS = word_list("function") | word_list("plain")
_PAIR = 2


# The question is about the roles compared, whatever title it also mentions: "which of the two might become director?"
_ABOUT_THE_COMPARED = re.compile(
    r"\b(?:which (?:of|one|role|job)|of (?:the two|them|both|these)|either one|"
    r"who (?:can|might|may|could) become|who is more likely)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A name in the question that stands for several roles of the library."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `content` are its comparable words besides role names and function words.

    `spoken_of` are the roles of the conversation when the roles asked about are among them: an article that compares
    those is the one that is being talked about; `ground` is where the message before was answered. A message that
    asks nothing has the roles spoken of before it. `parts` are the questions that it is made of when it asks for
    several things, and `about` is the name of what such a part asks for; one that refers back to the part before it is
    not `whole`. `wish` is what is wanted of the answer to the text, if not just that; `told` names in words the
    section that the question is about; `chosen` says that the message takes what the answer before it offered; `way`
    is where it asks to look from the roles, up to who is above them or down.
    """

    message: str
    text: str
    roles: tuple[str, ...]
    topics: tuple[str, ...]
    intent: Intent
    content: tuple[str, ...]
    unknown_roles: tuple[str, ...] = ()
    choice: Choice | None = None
    spoken_of: tuple[str, ...] = ()
    ground: Ground | None = None
    parts: tuple[Question, ...] = ()
    about: str = ""
    whole: bool = True
    wish: Wish | None = None
    told: str = ""
    chosen: bool = False
    way: Way | None = None

    @property
    def standalone(self) -> str:
        """The self-contained question: with the wish, and the section that the conversation is about if it is named."""
        return f"{self.wish.worded(self.text) if self.wish else self.text}{self.told}"


class QuestionReader:
    """Reads messages with the names of one library."""

    def __init__(self, library: Library) -> None:
        self._catalogue = library.catalogue
        texts = [article.text for article in library.articles.values()]
        self._spelling = Spelling([*texts, *library.catalogue.words()], shipped_texts())
        self._covered = set(library.roles())
        self._partners = {
            role: {other for article in library.about(role) for other in article.roles} - {role}
            for role in dict.fromkeys(role for article in library.articles.values() for role in article.roles)
        }
        partners = {role: sorted(others) for role, others in self._partners.items()}
        self._finder = library.catalogue.finder_within(sorted(self._covered), partners)
        self._strangers = Strangers(library, self._finder)
        self._parts = Parts(library, self._finder)
        self._told = Told(library)
        self._conversation = Conversation(library.catalogue, self._finder, partners, superiors(library, self._finder))

    def read(self, turns: Sequence[str], grounds: Sequence[Ground | Offer | None] = ()) -> Question:
        """Return the question that the last of the user's messages asks, the earlier ones taken into account.

        `grounds` are where the earlier ones were answered, or what they were offered instead, one for each.
        """
        said = chosen(turns, grounds)
        known = [one if isinstance(one, Ground) else None for one in grounds]
        question = self._read(*openings_apart(said, known, self._finder))
        return replace(question, message=turns[-1], chosen=said[-1] != turns[-1])

    def _read(self, turns: Sequence[str], grounds: Sequence[Ground | None]) -> Question:
        """Read messages that take up no offer any more."""
        message, asking = turns[-1], asking_turns(turns)
        before = self._read(turns[:-1], grounds) if is_talk(turns) and len(turns) > 1 else None
        turns = [self._told.unworded(turn)[0] for turn in turns]
        _, told, named = self._told.unworded(message)
        known_grounds = [grounds[place] if place < len(grounds) else None for place in asking[:-1]]
        turns = [self._put_right(asked_for_truth(asked_in(turns[place]))) for place in asking]
        strange = self._strangers.named_in(turns[-1])
        if strange and not self._finder.find(turns[-1], misspelt=True):
            understood = self._conversation.standalone(turns[-1:])  # a role of which nothing is known takes nothing
        else:
            known = [self._strangers.without(turn) for turn in turns[:-1]]
            understood = self._conversation.standalone([*known, turns[-1]], known_grounds)
        understood = understood.on(named)
        roles, choice, untreated = self._roles(understood)
        unknown = (*self._untreated(understood, roles), *untreated) or strange
        content, intent = self._asked(understood.text, roles, strange if unknown == strange else ())
        question = Question(
            message=message,
            text=understood.text,
            roles=tuple(role for role in roles if role in self._covered),
            topics=self._topics(understood.text, intent),
            intent=intent,
            content=content,
            unknown_roles=() if _ABOUT_THE_COMPARED.search(turns[-1]) else unknown,
            choice=choice,
            spoken_of=before.spoken_of if before else self._spoken_of(understood, roles),
            ground=named or (None if understood.anew else next(filter(None, reversed(known_grounds)), None)),
            told=told,
            way=way_asked(understood.text, roles, self._finder.find),
        )
        asked = self._told.asked(content, question.roles)
        if quoted := asked or self._told.quoted(question.text, question.roles):
            question = replace(question, ground=quoted)
            if asked or asks_all_of_it(question.text, content):
                return replace(question, intent=Intent.SECTION, unknown_roles=(), choice=None, wish=understood.wish)
        parts = self._parts.of(question.text, question.roles)
        return replace(question, wish=understood.wish, parts=tuple(self._part(question, part) for part in parts))

    def _spoken_of(self, understood: Understood, roles: tuple[str, ...]) -> tuple[str, ...]:
        """Return the roles whose articles are asked: those of the conversation, or those at home where it plays."""
        if not understood.pair and not roles:
            home = self._parts.at_home(understood.text)
            return tuple(dict.fromkeys((*home, *(other for role in home for other in sorted(self._partners[role])))))
        return understood.pair if set(roles) <= set(understood.pair) else roles

    def naming_its_ground(self, question: Question) -> Question:
        """Return a question that says in words in which section the message before was answered."""
        return replace(question, told=self._told.worded(question.ground)) if question.ground else question

    def _part(self, whole: Question, part: Part) -> Question:
        """Return one of the questions that a question is made of."""
        content, intent = self._asked(part.text, part.roles)
        asked = replace(whole, text=part.text, roles=part.roles, intent=intent, content=content, about=part.about)
        way, topics = way_asked(part.text, part.roles, self._finder.find), self._topics(part.text, intent)
        ground = None if part.about else whole.ground  # several topics do not all stand where the last answer stood
        return replace(asked, topics=topics, whole=part.whole, ground=ground, way=way)

    def _put_right(self, message: str) -> str:
        """Correct a message, unless it is in another language."""
        return message if foreign(message) else self._spelling.corrected(message)

    def _roles(self, understood: Understood) -> tuple[tuple[str, ...], Choice | None, tuple[str, ...]]:
        """Return the roles asked about in their order, a name left ambiguous, and ambiguous names of no role treated.

        What an ambiguous name means: the role spoken of before, or the one compared with another one named.
        """
        if understood.open:
            return (), Choice(OTHER_ONE, understood.open), ()
        certain = {role for mention in understood.mentions if len(mention.roles) == 1 for role in mention.roles}
        roles: list[str] = []
        untreated: list[str] = []
        for mention in understood.mentions:
            name = understood.text[mention.span.start : mention.span.end]
            covered = [role for role in mention.roles if role in self._covered]
            if len(mention.roles) == 1:
                roles += [role for role in mention.roles if role in (understood.roles or certain)]
            elif not covered:
                untreated += [name] if self._strangers.asked_about(understood.text, mention.span) else []
            elif meant := self._meant(covered, understood.pair, certain | _others(mention, understood.mentions)):
                roles.append(meant)
            elif not self._strangers.by_the_way(understood.text, mention.span):
                return tuple(dict.fromkeys(roles)), Choice(name, tuple(covered)), ()
        return tuple(dict.fromkeys((*roles, *understood.roles))), None, tuple(untreated)

    def _untreated(self, understood: Understood, roles: Sequence[str]) -> tuple[str, ...]:
        """Return the roles asked about that the catalogue knows and no article treats."""
        untreated = [role for role in roles if role not in self._covered]
        named = [one for one in understood.mentions[:MOST_TITLES] if not set(one.roles).isdisjoint(untreated)]
        asking = (one for one in named if self._strangers.asked_about(understood.text, one.span))
        asked = {role for mention in asking for role in mention.roles}
        return tuple(role for role in untreated if role in asked)

    def _meant(self, candidates: Sequence[str], pair: Sequence[str], named: Iterable[str]) -> str | None:
        spoken_of = [role for role in candidates if role in pair]
        partners = [role for role in candidates if any(role in self._partners.get(other, ()) for other in named)]
        return next((narrowed[0] for narrowed in (candidates, spoken_of, partners) if len(narrowed) == 1), None)

    def _topics(self, text: str, intent: Intent) -> tuple[str, ...]:
        """Return the topics that a text has words of; who is above whom is a matter of rank, in whatever words."""
        topics = self._catalogue.find_topics(text)
        implied = (RANK,) if intent is Intent.HIERARCHY else ()
        return tuple(dict.fromkeys((*implied, *topics)))

    def _asked(self, text: str, roles: Sequence[str], strange: Sequence[str] = ()) -> tuple[tuple[str, ...], Intent]:
        """Return the words that say what is asked, besides the roles and strange ones, and what kind of answer is."""
        if strange:
            text = self._strangers.without(text)
        mentions = self._finder.find(text, misspelt=True)
        left = [word for word in words(text) if not _inside(word, mentions)]
        said = [word.form for word in left]
        content = tuple(form for form in said if form not in _PLAIN_WORDS)
        whole = whole_of(said, content, len(roles), in_a_row=in_a_row(text, mentions))
        if not whole and len(roles) >= _PAIR and not self._catalogue.find_topics(text):
            ends = [
                *(mention.span.end for mention in mentions),
                *(word.end for word in left if word.form in _COMPARING),
            ]
            last = max(ends, default=0)
            before = {word.form for word in left if word.end <= last} - (_PLAIN_WORDS - _COMPARING)
            whole = Intent.COMPARE_ALL if compares_at_large(before, text[last:]) else None
        return content, whole or intent_of(text, [mention.span for mention in mentions])


def _others(mention: Mention, mentions: Sequence[Mention]) -> set[str]:
    """Return the roles that the other ambiguous names may stand for: "SM or PO" means the two that are compared."""
    return {role for other in mentions if other.roles != mention.roles for role in other.roles}


def _inside(word: Word, mentions: Sequence[Mention]) -> bool:
    return any(mention.span.start <= word.span.start < mention.span.end for mention in mentions)
