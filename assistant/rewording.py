"""Put role names into a question where it leaves them out, so that it still reads as a question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from assistant.question_words import AUXILIARY
from corpus.role_finder import Mention
from corpus.words import comparable

BOTH = re.compile(r"\b(?:(?:the|these|those) two(?: of (?:them|these))?|both(?: of (?:them|these))?)\b", re.I)
_INVERTED = re.compile(r"\b(?P<verb>do|are|have|were)\s+(?P<rest>(?:n['’]t\s+|not\s+)?(?:the\s+)?)$", re.I)
_SINGULAR = {"do": "does", "are": "is", "have": "has", "were": "was"}
_PLURAL = {singular: plural for plural, singular in _SINGULAR.items()}
_INVERTED_SINGULAR = re.compile(rf"\b(?P<verb>{'|'.join(_PLURAL)})\s+(?P<rest>(?:(?:the|an?)\s+)?)$", re.I)

_ASKS = (
    rf"(?:who|whom|whose|what|which|how|when|where|why|{AUXILIARY}(?:n['’]t)?|can['’]t|won['’]t|"
    r"by what|by whom|to whom|to what|on what|with whom|with what|from whom|"
    r"tell|explain|describe|compare|list|show|give)"
)
# "How they talk", "on what they are judged by": such a clause asks nothing by itself.
_TOLD_HOW = re.compile(
    r"(?:(?:in|on|by|to|for|with|from|about)\s+)?(?:what|how|when|where|why)\s+(?:they|he|she|we|you|i|it)\b", re.I
)
_QUESTION = re.compile(rf"(?:{_ASKS})\b|.*[,;:.]\s*{_ASKS}\b", re.I | re.S)
_WHO = re.compile(
    r"(?:.*[,;:.]\s*)?(?:and\s+|so\s+|then\s+|but\s+)?(?:(?:by|to|with|for|from)\s+)?"
    r"(?:who|whom|whose|which (?:of|one|role|job|post|person|side)|which\s*$)\b",
    re.I | re.S,
)
_CIRCUMSTANCE = re.compile(
    r"(?:if|when|once|in|on|at|with|during|after|before|without|from|under|for|by|inside|outside|while|to|also|as)\b",
    re.I,
)
_SPEAKER = re.compile(r"(?:i|we|my|our|you|your|it|there|that|this|nobody|everybody)\b", re.I)
_OF_THE_SPEAKER = re.compile(rf"(?:what if\b|(?:.*\s)?{AUXILIARY}(?:n['’]t)?\s+(?:i|we|you|there|my|our)\b)", re.I)
_LIST = re.compile(
    r"\s*(?:,|,?\s*(?:and|or|than|versus|vs\.?|&|/|nor))?\s*(?:(?:of|for|by)\s+)?(?:(?:the|an?)\s+)?", re.I
)
_COMPARES = re.compile(r"\b(?:differ\w*|compar\w+|between|both|versus|vs)\b", re.I)
_LEFTOVERS = re.compile(
    r"\s*[,;]?\s*\b(?:(?:and|or|than|versus|vs\.?|between|of|for|by|to|with|the|an?)\s*)+(?=[?.!,;]|$)", re.I
)
# What links a comparison to its topic: "differ in", "and on", "what is the ...".
_LINKING = re.compile(
    rf"^\W*(?:(?:and|or|in|on|of|for|by|with|about|regarding|concerning|what|how|{AUXILIARY}|the|their|main|key|any)\b\W*)+",
    re.I,
)
_TRAILING = re.compile(r"(?:\W*\b(?:and|or|in|on|of|for|by|with|the|do|does|main|key))*\W*$", re.I)
_END = re.compile(r"[\s?.!,;:]+$")
_LONG_PHRASE = 4  # words of a noun phrase from which on "for the X" reads better than "of the X"
_FRAGMENT = re.compile(r"(?:(?:the|an?)\s+)?$", re.I)
_SHORT_PHRASE = 7  # a message of more words is no noun phrase any more
_VOWEL = re.compile(r"(?:[AEFHILMNORSX][A-Z&]|(?!Uni|Eu|One|Us|U[A-Z])[AEIOU])")


def named(roles: Sequence[str], joined: str = "and") -> str:
    """Return "the A", or "the A and the B"."""
    return f" {joined} ".join(f"the {role}" for role in roles)


def as_question(text: str) -> str:
    """Return a text with a capital at its start and a question mark at its end, if it had no other mark there."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}" if text.endswith(("?", "!", ".", "”")) else f"{text[:1].upper()}{text[1:]}?"


def bare(text: str) -> str:
    """Return a text without the marks at its end."""
    return _END.sub("", text)


def recalling(said: str, before: str) -> str:
    """Return a question with the one before it quoted, for a follow-up that no role's name can complete."""
    asked = bare(whole_question(said))
    return f"{asked}, as in “{bare(before)}”?" if before else f"{asked}?"


def whole_question(text: str) -> str:
    """Return a question; a mere phrase becomes "What about ...?"."""
    body = _END.sub("", text.strip())
    asks = _QUESTION.match(body) and not _TOLD_HOW.match(body)
    if asks or _SPEAKER.match(body) or len(body.split()) > _SHORT_PHRASE:
        return as_question(text)
    return f"What about {body[:1].lower() if body[1:2].islower() else body[:1]}{body[1:]}?"


def is_phrase(text: str) -> bool:
    """Say whether a text is no question of its own, nor says something of the one who asks."""
    body = bare(text)
    return not (_QUESTION.match(body) or _SPEAKER.match(body)) or bool(_TOLD_HOW.match(body))


def whole_with_name(said: str, start: int, message: str) -> str:
    """Make a question of a message with a name at `start`; a name with a circumstance becomes "What about ...?"."""
    if said == message:
        return message
    return f"What about {bare(said)}?" if _FRAGMENT.fullmatch(said[:start]) else whole_question(said)


def asks(text: str) -> bool:
    """Say whether a text has the form of a question, with a mark or without."""
    return bool(_QUESTION.match(text))


def asks_who(message: str) -> bool:
    """Say whether a message asks which role it is."""
    return bool(_WHO.match(message))


def about(message: str, roles: Sequence[str]) -> str:
    """Return a message that names no role as a question about these roles."""
    body = bare(message)
    if not roles or not body:
        return message
    if _TOLD_HOW.match(body):
        return (
            f"What about {named(roles)} {body}?"
            if _CIRCUMSTANCE.match(body)
            else f"What about {body} for {named(roles)}?"
        )
    if _QUESTION.match(body):
        which = asks_who(body) and len(roles) > 1
        if _OF_THE_SPEAKER.match(body) and not which:
            return as_question(f"{body} ({' and '.join(roles)})?")
        return as_question(f"{body}, {named(roles, 'or')}?" if which else f"{body} for {named(roles)}?")
    if len(body.split()) > _SHORT_PHRASE or _SPEAKER.match(body):
        return as_question(f"{body} ({' and '.join(roles)})?")
    return _phrase_about(body, roles)


def _phrase_about(body: str, roles: Sequence[str]) -> str:
    if _CIRCUMSTANCE.match(body):
        return f"What about {named(roles)} {body}?"
    owned = re.match(r"(?:the|their|his|her)\s+", body, re.I)
    if owned and len(body.split()) <= _LONG_PHRASE:
        return f"What about the {body[owned.end() :]} of {named(roles)}?"
    return f"What about {body} for {named(roles)}?"


def singular_verb(before: str) -> str | None:
    """Return what stands before a plural subject ("what do") as it stands before one person; None without its verb."""
    return _inflected(before, _INVERTED.search(before), _SINGULAR)


def plural_verb(before: str) -> str | None:
    """Return what stands before one person ("what does") as it stands before several; None without its verb."""
    return _inflected(before, _INVERTED_SINGULAR.search(before), _PLURAL)


def _inflected(before: str, inverted: re.Match[str] | None, verbs: Mapping[str, str]) -> str | None:
    if not inverted:
        return None
    verb = verbs[inverted["verb"].lower()]
    verb = verb.capitalize() if inverted["verb"][0].isupper() else verb
    return f"{before[: inverted.start()]}{verb} {inverted['rest']}"


def with_roles(question: str, mentions: Sequence[Mention], roles: Sequence[str]) -> str:
    """Return a question that names roles, asked of others instead."""
    first, last = mentions[0], mentions[-1]
    if len({mention.roles for mention in mentions}) == 1:
        for mention in reversed(mentions):
            before, name = question[: mention.span.start], question[mention.span.start : mention.span.end]
            before = (plural_verb(before) if len(roles) > 1 else None) or before
            whole = f"{before}{name}{question[mention.span.end :]}"
            question = in_place(whole, len(before), len(before) + len(name), roles)
        return question
    gaps = [question[a.span.end : b.span.start] for a, b in itertools.pairwise(mentions)]
    if all(_LIST.fullmatch(gap) for gap in gaps):
        if _COMPARES.search(question) and len(roles) == 1:
            return _one_of_the_compared(without(question, mentions), roles)
        return _in_place_of_all(question, first.span.start, last.span.end, roles)
    if len(roles) == 1 and roles == last.roles:  # the two change places
        question = in_place(question, last.span.start, last.span.end, first.roles)
    return in_place(question, first.span.start, first.span.end, roles)


def _in_place_of_all(question: str, start: int, end: int, roles: Sequence[str]) -> str:
    """Put roles in the place of several; the verb before one role alone is singular."""
    before = (singular_verb(question[:start]) if len(roles) == 1 else None) or question[:start]
    return in_place(f"{before}{question[start:]}", len(before), len(before) + end - start, roles)


def _one_of_the_compared(left: str, roles: Sequence[str]) -> str:
    """Return what was left of a comparison without its roles as a question about one of them."""
    found = list(_COMPARES.finditer(left))  # none where only "vs" stood between the two
    sides = (left[found[-1].end() :], left[: found[0].start()]) if found else (left,)
    topics = (_TRAILING.sub("", _LINKING.sub("", bare(side).strip())) for side in sides)
    topic = next(filter(None, topics), "")
    return f"What about {topic} for {named(roles)}?" if topic else f"What about {named(roles)}?"


def without(question: str, mentions: Sequence[Mention]) -> str:
    """Take the role names out of a question, and the little words that joined them."""
    for mention in reversed(mentions):
        question = question[: mention.span.start] + question[mention.span.end :]
    question = re.sub(r"\s+['’]s?(?=\W|$)", "", question)
    question = _LEFTOVERS.sub("", question)
    return " ".join(re.sub(r"\s+(?=[?,.!])", "", question).split()).lstrip(",;: ")


def in_place(question: str, start: int, end: int, roles: Sequence[str]) -> str:
    """Put roles in the place of a name, with its possessive, its plural and the article before it."""
    written, before = question[start:end], question[:start]
    owner = re.search(r"['’]s?$", written)
    bare = written[: owner.start()] if owner else written
    last = bare.split()[-1] if bare.split() else ""
    plural = last[-1:] == "s" and comparable(last) != last.casefold() and len(roles) == 1
    text = " and the ".join(roles)
    if plural and " of " not in text:
        text = text if text.endswith("s") else f"{text}s"
    if owner:
        text = possessive(text)
    article = re.search(r"\b(an?)(\s+)$", before, re.I)
    if article and text[0].islower():  # no name: "the other one"
        before = f"{before[: article.start()]}{'The' if article[1][0].isupper() else 'the'}{article[2]}"
    elif article:
        right = "an" if _VOWEL.match(text) else "a"
        right = right.capitalize() if article[1][0].isupper() else right
        before = f"{before[: article.start()]}{right}{article[2]}"
    return f"{before}{text}{question[end:]}"


def possessive(name: str) -> str:
    """Return "the manager's" for "the manager"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def put(message: str, found: re.Match[str], text: str) -> str:
    """Return a message as a question, with a text in the place of something found in it."""
    whole = f"{message[: found.start()]}{text}{message[found.end() :]}"
    phrase = not _QUESTION.match(message) and not _SPEAKER.match(whole) and len(message.split()) <= _SHORT_PHRASE
    return f"What about {bare(whole)}?" if phrase or _TOLD_HOW.match(message) else as_question(whole)
