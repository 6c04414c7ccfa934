"""Names that only the role beside them explains: "plant or production manager", "csm or support"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from corpus.role_finder import Mention, Names, RoleFinder
from corpus.words import Word, forms, word_list, words

# Between two roles of which one is asked for, or which are compared; "and" joins too much else to count.
_EITHER = re.compile(r"\W*\b(?:or|vs\.?|versus)\s+(?:(?:the|an?)\s+)?|\s*/\s*", re.I)
# Before names in the plural it shares out their noun: "plant and production managers".
_AND = re.compile(r"\W*\band\s+", re.I)
_NO_PART = word_list("function") | word_list("plain") | word_list("vague")
# People in the plural are a role only where they do something or are compared: "Who talks to technicians?" names none.
_OPENS_PLURAL = word_list("plural_openers")
_VERBS, _DETERMINERS = word_list("title_verbs"), word_list("determiners") | word_list("doing")
_SMALL = word_list("small")
_HALVES_APART = (1, 2, 3)  # words: "UX/UI", "UX or UI", "UX or the UI"
_CAPITALS = 2  # that initials have at least, where a word has one at the start of a sentence
_AN_HOUR = re.compile(r"\d\s*$")
_REMEMBERED = 256  # messages whose mentions are kept, as one question is looked at in many ways


class PairFinder(RoleFinder):
    """Finds names, and beside a role the one that it is compared with by a part of its name."""

    def __init__(
        self,
        names: Names,
        short: Collection[tuple[str, ...]] = (),
        *,
        abbreviated: Names | None = None,
        parts: Mapping[str, Mapping[str, str]] | None = None,
        in_capitals: Collection[tuple[str, ...]] = (),
    ) -> None:
        """Take what a finder takes, and for a role, which word beside it means which other role (`telling_parts`).

        Names that stand `in_capitals` are ordinary words otherwise: a "CoW" is a Clerk of Works, a "cow" is none.
        """
        super().__init__(names, short, abbreviated=abbreviated)
        self._short_names = frozenset(short)
        self._parts = parts or {}
        self._in_capitals = frozenset(in_capitals)
        self._typed: dict[str, tuple[Mention, ...]] = {}  # what was found in the last messages

    def find(self, text: str, *, misspelt: bool = False) -> tuple[Mention, ...]:
        """Return the mentions in `text` in reading order; with `misspelt`, also names as they are typed in a hurry."""
        if not misspelt:
            return self._found(text, misspelt=False)
        known = self._typed.get(text)
        if known is None:
            known = self._found(text, misspelt=True)
            if len(self._typed) >= _REMEMBERED:
                self._typed.clear()
            self._typed[text] = known
        return known

    def _found(self, text: str, *, misspelt: bool) -> tuple[Mention, ...]:
        found = super().find(text, misspelt=misspelt)
        mentions = tuple(mention for mention in found if not self._is_a_word(text, mention))
        if not misspelt:
            return mentions
        spoken = words(text)
        named = [mention for mention in mentions if not self._by_the_way(text, spoken, mention)]
        whole = [mention for mention in named if not self._is_short(text, mention)]
        left = [word for word in spoken if not any(_inside(word, mention) for mention in whole)]
        beside = dict.fromkeys(found for mention in named for found in self._beside(text, left, mention))
        if not named:
            beside = dict.fromkeys(self._halves(text, left))
        kept = [mention for mention in named if not any(mention.span == found.span for found in beside)]
        return tuple(sorted([*kept, *beside], key=lambda mention: mention.span.start))

    def _is_short(self, text: str, mention: Mention) -> bool:
        """Say whether a name is one word of a role's name, which means another role beside that one's partner."""
        return forms(text[mention.span.start : mention.span.end]) in self._short_names

    def _is_a_word(self, text: str, mention: Mention) -> bool:
        """Say whether a name of initials is written as an ordinary word."""
        written = text[mention.span.start : mention.span.end]
        return sum(map(str.isupper, written)) < _CAPITALS and forms(written) in self._in_capitals

    def _by_the_way(self, text: str, spoken: Sequence[Word], mention: Mention) -> bool:
        """Say whether a short name in the plural is no role, a name rather a verb, or initials a word or a time."""
        written = text[mention.span.start : mention.span.end]
        form = forms(written)
        if written.islower() and not _SMALL.isdisjoint(form):
            return True
        if form == ("pm",):
            return bool(_AN_HOUR.search(text[: mention.span.start]))
        before = [word for word in spoken if word.end <= mention.span.start]
        if before and not _VERBS.isdisjoint(form) and len(form) == 1 and before[-1].form not in _DETERMINERS:
            return True
        if form not in self._short_names or "".join(form) == written.casefold() or not written.endswith("s"):
            return False
        return bool(before) and before[-1].form not in _OPENS_PLURAL

    def _beside(self, text: str, left: Sequence[Word], mention: Mention) -> Iterator[Mention]:
        """Yield the names before and after a role that are one half of "this one or that one"."""
        parts = [self._parts.get(role, {}) for role in mention.roles]
        plural = text[mention.span.start : mention.span.end].endswith("s")
        for word in left:
            between = text[mention.span.end : word.start] or text[word.end : mention.span.start]
            shares_noun = plural and word.end <= mention.span.start and _AND.fullmatch(between)
            meant = {of_role[word.form] for of_role in parts if word.form in of_role}
            if len(meant) == 1 and (_EITHER.fullmatch(between) or shares_noun):
                yield Mention(word.span, tuple(meant))

    def _halves(self, text: str, left: Sequence[Word]) -> Iterator[Mention]:
        """Yield "UX" and "UI" of "UX or UI?": each word means a role beside the other one, and no other two do."""
        for first, second in (pair for apart in _HALVES_APART for pair in zip(left, left[apart:], strict=False)):
            if not _EITHER.fullmatch(text[first.end : second.start]):
                continue
            meant = [
                (role, parts[second.form])
                for role, parts in self._parts.items()
                if second.form in parts and self._parts.get(parts[second.form], {}).get(first.form) == role
            ]
            if len(meant) == 1:
                yield Mention(first.span, meant[0][:1])
                yield Mention(second.span, meant[0][1:])


def telling_parts(names: Iterable[str], others: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the words in the names of `others` that only one of them has, and the role of these `names` has not."""
    own = {word for name in names for word in forms(name)}
    meant: dict[str, set[str]] = {}
    for other, its_names in others.items():
        for word in {word for name in its_names for word in forms(name)} - own - _NO_PART:
            meant.setdefault(word, set()).add(other)
    return {word: next(iter(roles)) for word, roles in meant.items() if len(roles) == 1}


def _inside(word: Word, mention: Mention) -> bool:
    return mention.span.start <= word.span.start < mention.span.end


def turned_round(names: Names, nouns: Iterable[str]) -> Names:
    """Return names that end in one of the nouns with that first: "manager of the plant", "manager of operations"."""
    single = {forms(noun)[0] for noun in nouns if len(forms(noun)) == 1}
    return {
        (name[-1], "of", *article, *name[:-1]): roles
        for name, roles in names.items()
        if len(name) > 1 and name[-1] in single and "of" not in name
        for article in ((), ("the",), ("a",), ("an",))
    }
