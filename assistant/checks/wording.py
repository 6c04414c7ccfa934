"""Read a text as words that can be compared: lemmas by clause, whether they are denied, and how much is meant.

A clause ends at a semicolon, a colon or a dash, where a connecting word ("while", "who", "but", ...) begins another,
and at a comma before "and" or before a role. What a negation, a "may" or an "often" reaches ends earlier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.checks.items import Item, Wording
from assistant.checks.lexicon import lexicon
from assistant.checks.naming import Finder
from assistant.checks.scopes import limited
from assistant.checks.words import Kind, classes, few_words, is_ignored, lemma, number

_TOKEN = re.compile(r"[^\W_]+(?:[.&+_][^\W_]+)*(?:['’][^\W_]*)?|[,;:—–()]")
_NOUN_PHRASE = 3  # words before a noun that may belong to it: "the last difficult"
_HARD_STOPS = frozenset(";:—–()")
_OWNER = re.compile(r"['’]s?$")
_MASK = re.compile(r"(Role\d+mask)(?:['’]s?)?$")
_BY = re.compile(r"\bby (?:an? |the |its |their )?$", re.I)
_GOVERNING = re.compile(
    r"\b(?:to|with|for|from|of|under|against|between|before|behind|on|at|after) (?:an? |the |its |their )?$", re.I
)
_JOINED = re.compile(r"Role\d+mask(?:['’]s?)?,? (?:and|or|nor|as well as) (?:an? |the )?$", re.I)
# "Seniors with the former, juniors with the latter": each part speaks of one.
_POINTED_APART = re.compile(
    r"\bthe (?:former|one|first)\b.*(?:,| and ).*\bthe (?:latter|other|second)\b|"
    r"\bthe (?:latter|second)\b.*(?:,| and ).*\bthe (?:former|first)\b",
    re.I,
)
_WRITTEN_OUT = (
    (re.compile(r"\bcan(?:['’]t|not)\b", re.I), "can not"),
    (re.compile(r"\bwon['’]t\b", re.I), "will not"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\bno one\b", re.I), "nobody"),
    (re.compile(r"\bhow (?:many|much|few)\b", re.I), "how"),
    (re.compile(r"\b(?:many|much|far) (?=more|less|fewer)", re.I), ""),
    (re.compile(r"\bthe two\b", re.I), "the"),
    (
        re.compile(r"\bone\b(?=[.,;:?!]|$| (?:to|who|that|which|is|are|has|can|may|must|will|for|in|on|at)\b)", re.I),
        "it",
    ),
)


@dataclass(frozen=True, slots=True)
class _Masked:
    """A text with one word in the place of every role's name, and the roles of those words."""

    text: str
    roles: Mapping[str, tuple[str, ...]]


def read(text: str, finder: Finder) -> Wording:
    """Return the words of `text`; `finder` knows the names of roles."""
    masked = _masked(_plain(text), finder)
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(masked.text)]
    written = [token for token, _ in tokens]
    clauses = _clauses(written, apart=bool(_POINTED_APART.search(masked.text)))
    items: list[Item] = []
    places: list[int] = []
    for place, (token, start) in enumerate(tokens):
        role = _MASK.match(token)
        if role and role.group(1) in masked.roles:
            made = [_role(masked, role.group(1), start, finder.roles)]
        else:
            made = _items(token, start)
        listed = _listed(written[:place])
        definite = _definite(written[:place])
        items += [replace(item, clause=clauses[place], listed=listed, definite=definite) for item in made]
        places += [place] * len(made)
    final, scopes = limited(items, places, written)
    return Wording(final, scopes, _texts(masked, tokens, clauses))


def _plain(text: str) -> str:
    text = " ".join(text.split())
    for pattern, written in _WRITTEN_OUT:
        text = pattern.sub(written, text)
    for pattern, target in lexicon().phrases:
        text = pattern.sub(target.lower(), text)
    return text


def _masked(text: str, finder: Finder) -> _Masked:
    roles: dict[str, tuple[str, ...]] = {}
    for place, mention in reversed(list(enumerate(finder.find(text)))):
        mask = f"Role{place}mask"
        roles[mask] = mention.roles
        owner = _OWNER.search(text[mention.span.start : mention.span.end])
        text = text[: mention.span.start] + mask + (owner.group() if owner else "") + text[mention.span.end :]
    return _Masked(text, roles)


def _clauses(tokens: Sequence[str], *, apart: bool) -> list[int]:
    """Return the number of the clause of each token; `apart`: every comma and every "and" begins another."""
    numbers, clause, words = [], 0, 0
    for place, token in enumerate(tokens):
        low = token.lower()
        another = low in few_words("connecting") or low in _HARD_STOPS or (apart and low in (",", "and"))
        another = another or (low == "," and _begins_clause(tokens[place + 1 : place + 3]))
        another = another or (low in few_words("after_comma") and _another_acts(tokens, place))
        if another and words:
            clause, words = clause + 1, 0
        numbers.append(clause)
        words += low != "," and low not in few_words("after_comma") and low not in few_words("connecting")
    return numbers


def _begins_clause(following: Sequence[str]) -> bool:
    words = [token for token in following if token.lower() not in few_words("articles")]
    return bool(words) and (words[0].lower() in few_words("after_comma") or bool(_MASK.match(words[0])))


def _another_acts(tokens: Sequence[str], place: int) -> bool:
    """Say whether after an "and" another role does something: "which the editor sets and the writer respects"."""
    following = [token for token in tokens[place + 1 : place + 4] if token.lower() not in few_words("articles")]
    if _MASK.match(tokens[place - 1]) or len(following) <= 1 or not _MASK.match(following[0]):
        return False
    return (
        _OWNER.search(following[0]) is None
        and following[1].isalpha()
        and following[1].lower() not in ("of", "in", "and")
    )


def _texts(masked: _Masked, tokens: Sequence[tuple[str, int]], clauses: Sequence[int]) -> tuple[str, ...]:
    starts = [start for n, (_, start) in enumerate(tokens) if n == 0 or clauses[n] != clauses[n - 1]]
    ends = [*starts[1:], len(masked.text)]
    pieces = [masked.text[start:end] for start, end in zip(starts, ends, strict=True)]
    for mask, roles in masked.roles.items():
        pieces = [piece.replace(mask, roles[0]) for piece in pieces]
    return tuple(pieces)


def _listed(before: Sequence[str]) -> bool:
    words = [token.lower() for token in before[-2:] if token.lower() not in few_words("articles")]
    return bool(words) and (words[-1] == "," or words[-1] in few_words("after_comma"))


def _definite(before: Sequence[str]) -> bool:
    """Say whether "the", "their" or a possessive stands before a word, at most two describing words between.

    After a preposition ("across the company") it does not count.
    """
    for back, token in enumerate(reversed(before[-_NOUN_PHRASE:]), start=1):
        if token.lower() in few_words("definite") or (len(token) > 1 and _OWNER.search(token)):
            return not {word.lower() for word in before[-back - 1 : -back]} & few_words("prepositions")
        if not token[0].isalpha() or _MASK.match(token) or is_ignored(token.lower()) or token.lower() in classes():
            return False
    return False


def _role(masked: _Masked, mask: str, start: int, own: Sequence[str]) -> Item:
    roles, before = masked.roles[mask], masked.text[:start]
    return Item(
        Kind.ROLE if set(roles) & set(own) else Kind.CONTENT,
        roles[0].lower(),
        start,
        roles=roles,
        acts=bool(_BY.search(before)),
        joined=bool(_JOINED.search(before)),
        governed=bool(_GOVERNING.search(before)),
    )


def _items(token: str, start: int) -> list[Item]:
    low = _OWNER.sub("", token.lower())
    if not low or not low[0].isalnum():
        return []
    value = number(low)
    if value is not None:
        return [Item(Kind.NUMBER, value, start)]
    if low in classes():
        return [Item(kind, value, start) for kind, value in classes()[low]]
    base = lemma(low)
    if is_ignored(low) or is_ignored(base):
        return []
    compared = base != low and low.endswith(("er", "est"))
    return [Item(Kind.CONTENT, base, start, form=low, compared=compared, name=token[0].isupper() and start > 0)]
