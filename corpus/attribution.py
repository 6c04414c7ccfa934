"""Say which roles each sentence is about.

The signals, strongest first: a role named in the sentence (a role that is only compared with, "unlike the
controller", does not count), "the former", "the second" and "both", the table column or heading that the sentence
stands under, "she" or "he" where the article keeps it for one role, the sentence before, and for an opening question
or list the sentence after it. What nothing speaks for is about all roles of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.people import NOBODY, People
from corpus.role_finder import Mention, RoleFinder
from corpus.together import together
from corpus.words import forms, word_list

Roles = tuple[str, ...]

_COMPARED_WITH = re.compile(
    r"\b(?:unlike|in contrast to|by contrast with|as opposed to|contrary to|compared (?:to|with)|in comparison with|"
    r"rather than|different from|without such)\s+(?:an?|the|their|most)?\s*(?:typical\s+)?$",
    re.I,
)
# "The first" and "the second" point at a role only where no noun follows: "the second presumes", not "the second call".
_ALONE = (
    r"(?=['’]s\b|[,.;:?]|\s+(?:usually|often|normally|mostly|rarely|seldom|also|then|can|may|must|will|would|should|has|"
    r"does|is|was|needs|wants|keeps|thinks|works|asks|presumes|climbs|therefore|to)\b)"
)
_FORMER = re.compile(rf"\bthe former\b|\bthe first{_ALONE}", re.I)
_LATTER = re.compile(rf"\bthe latter\b|\bthe second{_ALONE}", re.I)
_POINTERS = frozenset(["former", "latter", "first", "second"])
_POINTER_OPENS = re.compile(r"the (?:former|latter)\b", re.I)
_PRONOUN_OPENS = re.compile(r"(?:they|their|he|his|she|her|it|its)\b", re.I)
_PLURAL_OPENS = re.compile(r"they(?:['’]\w+)?\b|theirs?\b", re.I)  # at the start of a section: the roles of the article
_PRONOUN = re.compile(
    r"\b(?:they|their|theirs|them|themselves|he|his|him|she|hers?|it|its|this|that|these|those|such)\b", re.I
)
_REFERS_BACK = re.compile(rf"{_PRONOUN.pattern}|\b(?:there|same|too|also)\b", re.I)
_SHORTEST_COMPARING = len("unlike ")
_OPENING = 3  # words of a phrase that a comma parts from the subject: "On the whole, the controller"
_SMALL = word_list("function") | {"but", "while", "whereas", "yet"}
_POINTS_FORWARD = ("?", ":")


def attribute(
    sentences: Sequence[str],
    roles: Roles,
    finder: RoleFinder,
    *headings: str,
    leads: Sequence[tuple[str, ...]] = (),
    people: People = NOBODY,
) -> tuple[Roles, ...]:
    """Return for every sentence of one section the roles that it is about.

    `roles` are the article's, in its order; `finder` finds them; each of `headings` may name some of them: one role is
    what the section is about, several are the ones that it compares. `leads` are for every sentence the lines above it
    in its list, nearest first ("The controller:"), which count as its heading. `people` are those whom the article
    tells of.
    """
    over = [named for heading in headings if heading and len(named := _named(finder.find(heading))) < len(roles)]
    compared = [roles, *[named for named in over if len(named) > 1]][-1]
    under = tuple(dict.fromkeys([named[0] for named in over if len(named) == 1]))
    under = under if len(under) < len(roles) else ()
    direct = spoken_of(sentences, compared, finder, people)
    attributed: list[Roles] = []
    for number, sentence in enumerate(sentences):
        named = direct[number]
        above = _led_by(leads[number], roles, finder) if number < len(leads) else ()
        above = above or under
        if named and above:
            named = tuple(dict.fromkeys((*above, *_opening(sentence, named, finder))))
        if not named and not above:
            named = _carried(number, sentence, attributed, direct, finder)
        attributed.append(named or above or compared)
    return tuple(attributed)


def _opening(sentence: str, named: Roles, finder: RoleFinder) -> Roles:
    """Return the roles that a sentence under a role's own heading is about besides: those that it opens with.

    Under "Head Chef", "a pen, which worries the Sous Chef" is about pens of the Head Chef.
    """
    mentions = finder.find(sentence)
    early = [mention for mention in mentions if _opens(sentence[: mention.span.start])]
    mentioned = _named(mentions)
    return tuple(role for role in named if role in _named(early) or role not in mentioned)


def _opens(before: str) -> bool:
    """Say whether nothing but small words stands before a role: "But most controllers"."""
    phrase, comma, rest = before.rpartition(",")
    opening = rest if comma and len(phrase.split()) <= _OPENING else before
    return not _PRONOUN_OPENS.match(opening) and all(word in _SMALL for word in forms(opening))


def _led_by(leads: Sequence[str], roles: Roles, finder: RoleFinder) -> Roles:
    """Return the roles of the nearest line above a list item that names some, but not all."""
    named = (_named(finder.find(lead)) for lead in leads)
    return next((found for found in named if 0 < len(found) < len(roles)), ())


def spoken_of(sentences: Sequence[str], roles: Roles, finder: RoleFinder, people: People = NOBODY) -> list[Roles]:
    """Return the roles that each sentence speaks of by itself, none where only its surroundings tell.

    "The former" means the first of the last two roles named.
    """
    found: list[Roles] = []
    order = roles
    for before, sentence in zip(("", *sentences), sentences, strict=False):
        mentions = finder.find(sentence)
        named = _named(mentions)
        pointed = _pointed_at(sentence, order)
        opens = pointed and _POINTER_OPENS.match(sentence)
        subjects = () if opens or not mentions else _subjects(sentence, mentions, named, roles)
        pronouns = people.meant(sentence, before)
        opening = pronouns if _PRONOUN_OPENS.match(sentence) else ()
        subjects = (*opening, *subjects, *_named(people.named(sentence)))
        if not subjects and _PRONOUN_OPENS.match(sentence):  # "Their findings return to the former"
            pointed = ()
        everyone = together(sentence, roles, found[-1] if found else (), named=bool(subjects))
        found.append(everyone or tuple(dict.fromkeys((*subjects, *pointed))) or pronouns)
        if not pointed:  # "the former" must still mean the same in the next sentence
            order = _pair_order(order, named, roles)
    return found


def _named(mentions: Sequence[Mention]) -> Roles:
    if len(mentions) == 1:
        return mentions[0].roles
    return tuple(dict.fromkeys(role for mention in mentions for role in mention.roles))


def _subjects(sentence: str, mentions: Sequence[Mention], named: Roles, roles: Roles) -> Roles:
    """Drop the roles that are only compared with; when that leaves none, the sentence is about the others."""
    compared = [mention for mention in mentions if _only_compared(sentence[: mention.span.start])]
    if not compared:
        return named
    kept = _named([mention for mention in mentions if mention not in compared])
    if kept:
        return kept
    return tuple(role for role in roles if role not in _named(compared))


def _only_compared(before: str) -> bool:
    """Say whether the words before a role only compare with it."""
    return len(before) >= _SHORTEST_COMPARING and _COMPARED_WITH.search(before) is not None


def _pointed_at(sentence: str, order: Roles) -> Roles:
    if len(order) != 2 or _POINTERS.isdisjoint(forms(sentence)):  # noqa: PLR2004 - former and latter speak of two
        return ()
    pointed = [order[0]] if _FORMER.search(sentence) else []
    return tuple(pointed + ([order[1]] if _LATTER.search(sentence) else []))


def _pair_order(order: Roles, named: Roles, roles: Roles) -> Roles:
    """Return the two roles in the order in which the text named them last."""
    if not named or len(roles) != 2:  # noqa: PLR2004
        return order
    if len(named) == 2:  # noqa: PLR2004
        return named
    return (roles[1] if named[0] == roles[0] else roles[0], named[0])


def _carried(
    number: int, sentence: str, attributed: Sequence[Roles], direct: Sequence[Roles], finder: RoleFinder
) -> Roles:
    """Attribute a sentence that names no role by a sentence beside it.

    A question and an announcement (":") go with the next one, if that speaks of a role itself: the first of a section
    always, a later one that holds no pronoun. Of other sentences the first is about nobody alone, and every later one
    goes with what the sentence before it was attributed to. A word of a role's name tells more than the place:
    "Bars do not" is not about the sommelier, "For the bar, yes" is about the bar manager of the next sentence.
    """
    following = direct[number + 1] if number + 1 < len(direct) else ()
    hinted = finder.hints(sentence)
    points_forward = sentence.endswith(_POINTS_FORWARD)
    if number == 0:
        forward = points_forward or (hinted and hinted.issuperset(following))
        carried = following if forward and not _PLURAL_OPENS.match(sentence) else ()
    elif points_forward and following and not _PRONOUN.search(sentence):
        carried = following
    else:
        carried = attributed[-1]
    contradicted = hinted and hinted.isdisjoint(carried) and not _REFERS_BACK.search(sentence)
    return () if contradicted else carried
