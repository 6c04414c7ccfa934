"""Job titles in a message that no name of the library explains ("dental nurse"), when they are what it asks about.

People whom a question mentions by the way are none of them: "A surgeon says he can fire me. Who is my boss?"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question_words import AUXILIARY
from assistant.sides import beside
from corpus.article import Span
from corpus.library import Library
from corpus.role_finder import Mention, RoleFinder, kind_before
from corpus.spelling import is_english
from corpus.words import Word, forms, word_list, words

_VAGUE = word_list("vague")
_PLAIN = word_list("plain") | word_list("function") | word_list("kinds_of_person")
# Words that are verbs as well as titles: a title only after a word that opens a noun phrase, or as one of a list.
_VERBS = word_list("title_verbs")
_OPENS_TITLE = re.compile(
    r"(?:\b(?:an?|the|our|your|my|his|her|their|as|of|by|another|which|every|each|or|and|vs\.?)|[,/])\s+$", re.I
)
# What somebody is or may rise to is not what a question about a known role asks about.
_AIM = re.compile(
    r"\b(?:become|becoming|promoted to|rise to|move up to|end up as|wind up as|be|i['’]m|i am|as)\s+"
    r"(?:(?:an?|the|half an?|some kind of)\s+)?$",
    re.I,
)
_BECOMES = re.compile(r"\b(?:become|becoming)\s+(?:an?\s+)?$", re.I)
# A question that asks which of the library's people it is, or is about two of them, wherever it says so.
_ASKS_WHO = re.compile(
    r"\b(?:who|whom|whose|(?:which|what)(?: \w+){0,2} (?:of|one|role|job|boss|colleague|person|manager|side|post|team|"
    r"crew|department|unit|superior)|to which|under which|under what)\b|\b(?:reports? (?:2|to)|under|by)\W*$",
    re.I,
)
_OF_THE_TWO = re.compile(
    r"\b(?:both|either|neither|they|them|theirs|each (?:one|of)|the (?:two|pair|other)|one (?:of|or) \w+|"
    r"which is which|he|she|his|her)\b",
    re.I,
)
# Between two of which one is the answer to "who ...?".
_EITHER = re.compile(r"\W*\b(?:or|vs|versus|than)\b\W*(?:(?:an?|the)\s+)?|\s*/\s*", re.I)
# A message of few words asks about what it names; a longer one without any of these is a note on something else.
_BRIEF = 4
_ASKS = re.compile(
    r"\b(?:what|how|when|where|why|do|does|did|is|are|was|can|could|may|might|must|shall|should|will|would|has|have|had|"
    r"tell|describe|explain|compare|define|between|vs|versus|which)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.?!]+(?:[?!]|\.(?!\w)|$)")
# "Does a florist ...?": what a question is about, whoever else is named in it.
_SUBJECT = re.compile(rf"\b{AUXILIARY}(?:n['’]t)?\s+an?\s+$", re.I)
_BEFORE_TITLE = re.compile(rf"\b{AUXILIARY}\s+(?:the|an?|our|my|your)\s+$", re.I)
_REPORTS = re.compile(r"\s+(?:\w+\s+)?(?:report|answer)\s+to\b", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
_WHO = re.compile(r"\b(?:who|whom|whose|which)\b", re.I)
# "Rabbi vs imam", "the difference between a fletcher and a bowyer": whatever is compared so is a role, if it is no word
# of the articles.
_PHRASE = r"(?:(?:an?|the)\s+)?(?P<{}>(?:[\w-]+ ){{0,2}}[\w-]+)"
_COMPARED = re.compile(
    rf"(?:^\W*(?:compare|(?:.*\b)?differences? between)\s+{_PHRASE.format('one')}\s+(?:and|with|to|vs\.?|versus)\s+"
    rf"{_PHRASE.format('other')}|^\W*{_PHRASE.format('first')}\s+(?:vs\.?|versus)\s+{_PHRASE.format('second')})"
    r"\W*(?=$|[:,?])",
    re.I,
)
_MADE_AS_TITLES = r"(?P<title>(?:[\w-]+ ){0,2}\w+(?:er|or|ist|ian|man|men|smith|wright|eer)s?)"
# Where a word that is made as titles are is one: "What does a goldsmith do?", "a scaffolder's budget".
_PLACES = (
    re.compile(rf"^\W*what (?:does|do) (?:an? )?{_MADE_AS_TITLES} (?:do|earn|make)\b", re.I),
    re.compile(rf"\ban? {_MADE_AS_TITLES}(?=['’]s\s)", re.I),
)
# Where nothing but somebody can stand, however the word is made: "What does a king earn?".
_PLACE = re.compile(r"\b(?:does|would|can|must) an? (?P<title>(?:[\w-]+ )?[\w-]+) (?:do|earn|study|wear)\b", re.I)
# Asks for the superior of whoever is named behind it.
_WHO_IS_OVER = re.compile(
    r"\bwho (?:supervises|manages|leads|oversees|directs|outranks|(?:is|stands|ranks) (?:above|over|below|under|"
    r"the (?:boss|superior) of))\s+an?\s+$",
    re.I,
)
MOST_TITLES = 12  # in a message that are looked at: nobody asks about more of them one by one


class Strangers:
    """Finds the titles that stand for no role of a library."""

    def __init__(self, library: Library, finder: RoleFinder) -> None:
        self._catalogue = library.catalogue
        self._covered = set(library.roles())
        self._finder = finder
        self._spoken = {form for article in library.articles.values() for form in forms(article.text)}

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the strange titles that a message asks about, each with the words that say what kind it is."""
        return tuple(text[span.start : span.end] for span in self._spans(text) if self.asked_about(text, span))

    def without(self, text: str) -> str:
        """Return a message with "the role" in the place of every strange title."""
        for span in reversed(self._spans(text)):
            before = text[: span.start]
            bare = re.sub(r"\b(?:an?|the)\s+$", "", before, flags=re.I)
            text = f"{bare}the role{text[span.end :]}" if bare != before else f"{before}role{text[span.end :]}"
        return text

    def asked_about(self, text: str, title: Span) -> bool:
        """Say whether a message asks about the role named there, which the library does not treat."""
        if self._is_subject(text, title):
            return True
        mentions = self._finder.find(text, misspelt=True)
        known = [mention.span for mention in mentions if set(mention.roles) & self._covered]
        if known or (known := self._subjects_without_a_name(text)):
            return beside(text, title, known)
        if self._is_inferior(text, title):
            return True
        others = [span for span in (*self._spans(text), *(mention.span for mention in mentions)) if span != title]
        if _ASKS_WHO.search(text):
            return beside(text, title, others, _EITHER)
        if len(words(text)) > _BRIEF and not _ASKS.search(text):
            return False
        before = text[: title.start]
        by_the_way = _AIM.search(before) and not _BECOMES.search(before)
        return not by_the_way and not _OF_THE_TWO.search(text) and _in_the_question(text, title)

    def by_the_way(self, text: str, name: Span) -> bool:
        """Say whether a name that several roles share is only mentioned, as in "A VP is angry. Who soothes him?"."""
        indefinite = re.search(r"\b(?:an?|our|two|three|some)\s+(?:\w+\s+)?$", text[: name.start], re.I)
        return bool(indefinite) and bool(_ASKS_WHO.search(text) or _OF_THE_TWO.search(text))

    def _spans(self, text: str) -> list[Span]:
        known = [
            mention.span
            for mention in self._finder.find(text, misspelt=True)
            if set(mention.roles) & self._covered or not _has_kind(text, mention)
        ]
        spans = [
            self._whole(title, text, known)
            for title in self._catalogue.find_titles(text)[:MOST_TITLES]
            if not any(_overlap(title.span, span) for span in known)
            if not _is_verb(title, self._whole(title, text), text)
            and not self._ordinary(title, text)
            and not self._names_nobody(title, text)
        ]
        spans = [one for one in spans if not any(one != other and _within(one, other) for other in spans)]
        spans += self._compared(text, [*known, *spans])
        return spans if spans or known else self._in_their_place(text)

    def _in_their_place(self, text: str) -> list[Span]:
        """Return what stands where only somebody can, on no list of titles and in none of the articles."""
        made = [Span(*found.span("title")) for place in _PLACES for found in place.finditer(text)]
        any_noun = [Span(*found.span("title")) for found in _PLACE.finditer(text)]
        unheard = [span for span in made if self._unheard_of(text, span)]
        unheard += [span for span in any_noun if self._unheard_noun(text[span.start : span.end])]
        return [span for span in unheard if not self._catalogue.is_generic(text[span.start : span.end])][:1]

    def _compared(self, text: str, taken: Sequence[Span]) -> list[Span]:
        """Return what is compared and no word of the articles ends, besides what is `taken`."""
        found = _COMPARED.match(text)
        sides = [Span(*found.span(name)) for name in found.groupdict() if found[name]] if found else []
        return [
            side
            for side in sides
            if not any(_overlap(side, span) for span in taken)
            if self._unheard_noun(text[side.start : side.end])
        ]

    def _unheard_noun(self, phrase: str) -> bool:
        """Say whether English words end in one that the articles do not have: "chimney sweep", not "acct scope"."""
        spelt = forms(phrase)
        return all(map(is_english, spelt)) and not set(spelt[-1:]) & (self._spoken | _VAGUE | _PLAIN)

    def _is_subject(self, text: str, title: Span) -> bool:
        """Say whether a question that asks for no person is about somebody of this title, of whom no article tells."""
        if not _SUBJECT.search(text[: title.start]) or _WHO.search(text) or _OF_THE_TWO.search(text):
            return False
        return self._unheard_of(text, title) or bool(_REPORTS.match(text, title.end))

    def _is_inferior(self, text: str, title: Span) -> bool:
        """Say whether it is asked who is above somebody of this title, of whom no article tells."""
        before = text[: title.start]
        asked = _WHO_IS_OVER.search(before) or (_SUBJECT.search(before) and _REPORTS.match(text, title.end))
        return bool(asked) and self._unheard_of(text, title)

    def _subjects_without_a_name(self, text: str) -> list[Span]:
        """Return who does something by a mere title: "What does the manager tell a bishop?" is about no bishop."""
        found = self._catalogue.find_titles(text)[:MOST_TITLES]
        titles = (title for title in found if self._names_nobody(title, text))
        return [title.span for title in titles if _BEFORE_TITLE.search(text[: title.span.start])]

    def _unheard_of(self, text: str, title: Span) -> bool:
        """Say whether some word of a title stands in none of the articles."""
        return not set(forms(text[title.start : title.end])) - _VAGUE <= self._spoken

    def _ordinary(self, title: Mention, text: str) -> bool:
        """Say whether the title stands for people whom the articles mention, in the plural."""
        written = _POSSESSIVE.sub("", text[title.span.start : title.span.end]).casefold()
        return set(forms(written)) <= self._spoken and "".join(forms(written)) != "".join(written.split())

    def _names_nobody(self, title: Mention, text: str) -> bool:
        """Say whether it is a generic title without a word that tells of which kind ("the manager")."""
        whole = self._whole(title, text)
        return self._catalogue.is_generic(text[title.span.start : title.span.end]) and whole.start == title.span.start

    def _whole(self, title: Mention, text: str, known: Sequence[Span] = ()) -> Span:
        spoken = words(text)
        at = _place(spoken, title)
        first = kind_before(text, spoken, at)
        while first < at and spoken[first].form in _VAGUE:
            first += 1
        end = title.span.start + len(_POSSESSIVE.sub("", text[title.span.start : title.span.end]))
        whole = Span(spoken[first].span.start, end)
        return Span(title.span.start, end) if any(_overlap(whole, span) for span in known) else whole


def _place(spoken: Sequence[Word], title: Mention) -> int:
    return next(place for place, word in enumerate(spoken) if word.start == title.span.start)


def _has_kind(text: str, mention: Mention) -> bool:
    spoken = words(text)
    at = _place(spoken, mention)
    return kind_before(text, spoken, at) < at


def _is_verb(title: Mention, whole: Span, text: str) -> bool:
    written, before = text[title.span.start : title.span.end], text[: whole.start]
    return written.casefold() in _VERBS and bool(before.strip()) and not _OPENS_TITLE.search(before)


def _in_the_question(text: str, title: Span) -> bool:
    """Say whether the title stands in a sentence that asks, or no sentence does."""
    sentences = list(_SENTENCE.finditer(text))
    asking = [sentence for sentence in sentences if sentence.group().endswith("?")] or sentences
    return any(sentence.start() <= title.start < sentence.end() for sentence in asking)


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
