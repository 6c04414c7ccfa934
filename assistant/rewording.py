"""Put role names into a question where it leaves them out, so that it still reads as a question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.question_words import AUXILIARY
from corpus.role_finder import Mention
from corpus.words import comparable

PRONOUN = re.compile(
    r"\b(?:(?P<subject>they|he|she|(?:that|this|the same) (?:one|person))|(?P<object>them|him)"
    r"|(?P<own>theirs|hers)|(?P<owner>their|his|her))\b(?!['’])",
    re.I,
)
BOTH = re.compile(r"\b(?:(?:the|these|those) two(?: of (?:them|these))?|both(?: of (?:them|these))?)\b", re.I)
_INVERTED = re.compile(r"\b(?P<verb>do|are|have|were)\s+(?P<rest>(?:n['’]t\s+|not\s+)?)$", re.I)
_MODAL = re.compile(r"\b(?:can|could|may|might|must|shall|should|will|would|did|had)(?:n['’]t| not)?\s+$", re.I)
_SINGULAR = {"do": "does", "are": "is", "have": "has", "were": "was"}
_PLURAL = {singular: plural for plural, singular in _SINGULAR.items()}
_INVERTED_SINGULAR = re.compile(rf"\b(?P<verb>{'|'.join(_PLURAL)})\s+$", re.I)

_ASKS = (
    rf"(?:who|whom|whose|what|which|how|when|where|why|{AUXILIARY}(?:n['’]t)?|can['’]t|won['’]t|"
    r"by what|by whom|to whom|to what|on what|with whom|with what|from whom|"
    r"tell|explain|describe|compare|list|show|give)"
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
    if _QUESTION.match(body) or _SPEAKER.match(body) or len(body.split()) > _SHORT_PHRASE:
        return as_question(text)
    return f"What about {body[:1].lower() if body[1:2].islower() else body[:1]}{body[1:]}?"


def asks(text: str) -> bool:
    """Say whether a text has the form of a question, with a mark or without."""
    return bool(_QUESTION.match(text))


def asks_who(message: str) -> bool:
    """Say whether a message asks which role it is."""
    return bool(_WHO.match(message))


def pronoun_in(message: str) -> re.Match[str] | None:
    """Return the pronoun that may stand for the roles: "they" and "their" rather than "them".

    In "Who gives them a table?" the object is somebody else, for the role is asked for.
    """
    found = [
        match for match in PRONOUN.finditer(message) if not re.search(r"\b(?:of|behind)\s+$", message[: match.start()])
    ]
    subjects = [match for match in found if not match["object"]]
    objects = [] if asks_who(message) else found
    return next(iter(subjects or objects), None)


def about(message: str, roles: Sequence[str]) -> str:
    """Return a message that names no role as a question about these roles."""
    body = bare(message)
    if not roles or not body:
        return message
    if _QUESTION.match(body):
        which = asks_who(body) and len(roles) > 1
        return as_question(f"{body}, {named(roles, 'or')}?" if which else f"{body} for {named(roles)}?")
    if len(body.split()) > _SHORT_PHRASE or _SPEAKER.match(body):
        return as_question(f"{body} ({' and '.join(roles)})?")
    return _phrase_about(body, roles)


def _phrase_about(body: str, roles: Sequence[str]) -> str:
    if _CIRCUMSTANCE.match(body):
        return f"What about {named(roles)} {body}?"
    owned = re.match(r"(?:the|their|his|her|an?)\s+", body, re.I)
    if owned and len(body.split()) <= _LONG_PHRASE:
        return f"What about the {body[owned.end() :]} of {named(roles)}?"
    return f"What about {body} for {named(roles)}?"


def spelt_out(message: str, roles: Sequence[str]) -> str | None:
    """Return a message with the roles in the place of its first pronoun; None where that would not read well."""
    together = BOTH.search(message)
    if together and len(roles) > 1:
        return _put(message, together, named(roles))
    found = pronoun_in(message)
    if not found:
        return None
    following = re.match(r"\s+([^\W\d_]+)", message[found.end() :])
    if found["own"] or (found["owner"] and following):
        return _put(message, found, " and ".join(f"the {_possessive(role)}" for role in roles))
    singular = _INVERTED_SINGULAR.search(message[: found.start()]) if len(roles) > 1 else None
    if singular:  # "does he", asked of two
        verb = _PLURAL[singular["verb"].lower()]
        verb = verb.capitalize() if singular["verb"][0].isupper() else verb
        return as_question(f"{message[: singular.start()]}{verb} {named(roles)}{message[found.end() :]}")
    if (found["subject"] or "").lower() != "they" or len(roles) > 1 or _MODAL.search(message[: found.start()]):
        return _put(message, found, named(roles))
    return _singular(message, found, roles)


def _singular(message: str, found: re.Match[str], roles: Sequence[str]) -> str | None:
    """Put one role in the place of "they", with the verb that fits; None where the verb cannot be told."""
    before = message[: found.start()]
    inverted = _INVERTED.search(before)
    if not inverted:
        return None
    verb = _SINGULAR[inverted["verb"].lower()]
    verb = verb.capitalize() if inverted["verb"][0].isupper() else verb
    return as_question(f"{before[: inverted.start()]}{verb} {inverted['rest']}{named(roles)}{message[found.end() :]}")


def with_roles(question: str, mentions: Sequence[Mention], roles: Sequence[str]) -> str:
    """Return a question that names roles, asked of others instead."""
    first, last = mentions[0], mentions[-1]
    if len({mention.roles for mention in mentions}) == 1:
        for mention in reversed(mentions):
            question = in_place(question, mention.span.start, mention.span.end, roles)
        return question
    gaps = [question[a.span.end : b.span.start] for a, b in itertools.pairwise(mentions)]
    if all(_LIST.fullmatch(gap) for gap in gaps):
        if _COMPARES.search(question) and len(roles) == 1:
            return _one_of_the_compared(without(question, mentions), roles)
        return in_place(question, first.span.start, last.span.end, roles)
    if len(roles) == 1 and roles == last.roles:  # the two change places
        question = in_place(question, last.span.start, last.span.end, first.roles)
    return in_place(question, first.span.start, first.span.end, roles)


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
    possessive = re.search(r"['’]s?$", written)
    bare = written[: possessive.start()] if possessive else written
    last = bare.split()[-1] if bare.split() else ""
    plural = last[-1:] == "s" and comparable(last) != last.casefold() and len(roles) == 1
    text = " and the ".join(roles)
    if plural and " of " not in text:
        text = text if text.endswith("s") else f"{text}s"
    if possessive:
        text = _possessive(text)
    article = re.search(r"\b(an?)(\s+)$", before, re.I)
    if article and text[0].islower():  # no name: "the other one"
        before = f"{before[: article.start()]}{'The' if article[1][0].isupper() else 'the'}{article[2]}"
    elif article:
        right = "an" if _VOWEL.match(text) else "a"
        right = right.capitalize() if article[1][0].isupper() else right
        before = f"{before[: article.start()]}{right}{article[2]}"
    return f"{before}{text}{question[end:]}"


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _put(message: str, found: re.Match[str], text: str) -> str:
    put = f"{message[: found.start()]}{text}{message[found.end() :]}"
    phrase = not _QUESTION.match(put) and not _SPEAKER.match(put) and len(message.split()) <= _SHORT_PHRASE
    return f"What about {bare(put)}?" if phrase else as_question(put)
