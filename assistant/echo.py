"""Read a follow-up as the question before with one piece of it replaced: its verb, its circumstance, one of its roles.

"Who hires in a hotel?" "And fires?" "And in a hospital?"; "Compare A and B on pay." "Now C instead of B."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.follow_up import CIRCUMSTANCES, sets_against
from assistant.question_words import AUXILIARY
from assistant.rewording import as_question, bare, in_place, is_phrase, named, with_roles
from assistant.understood import Understood
from corpus.role_finder import Mention, RoleFinder
from corpus.spelling import is_verb

_WHO = r"(?P<who>\W*(?:who|which (?:role|job|one|of (?:the two|them)))\s+)(?P<verb>[a-z]+s)\b"
_PLACE = r"(?:in|at|on|for|with|during|when|if|after|before|among|under|within|inside|to|from|once)"
# A verb without an object: what follows up on it can be no other object, so it is another verb.
_ALONE = re.compile(rf"{_WHO}(?P<rest>(?:\s+{_PLACE}\b.*)?)$", re.I | re.S)
_WITH_OBJECT = re.compile(rf"{_WHO}(?P<rest>\s+.+)$", re.I | re.S)
_VERB = re.compile(r"(?:(?:and|or|who|also)\s+)*(?P<verb>[a-z]+s)(?P<object>\s+(?:them|him|her|it))?\W*$", re.I)

# Where, when or with whom something is; "when" and "if" open one and the same kind.
_CIRCUMSTANCE = re.compile(r"(?P<word>if|when|once|in|at|on|during|after|before|without|under|with|by)\b", re.I)
_CONDITIONS = ("if", "when", "once")
# Names at the end of a question, which a circumstance before them does not reach: ", the A or the B", "for the A".
_TAIL = re.compile(r"(?:,|\s+(?:for|of)\b)?\s*(?:(?:or|and|for|of|the|an?|vs\.?|versus)\s+|,\s*)*$", re.I)

_INSTEAD = r"(?:instead of|(?:rather )?than|in (?:the )?place of|not)\s+(?:(?:the|an?)\s+)?"
_INSTEAD_OF = re.compile(rf"\W*{_INSTEAD}", re.I)
_INSTEAD_FIRST = re.compile(rf".*\b{_INSTEAD}", re.I)
_WHO_DOES = re.compile(
    rf"(?:and |but |so |then )*(?:who|which of (?:them|the two)) {AUXILIARY}(?:\s+(?:then|it|that|so))?", re.I
)
_YES_NO = re.compile(rf"\W*(?P<verb>{AUXILIARY})\s+(?:(?:the|an?|our|your|my)\s+)?$", re.I)


def echoed(said: str, before: str, mentions: Sequence[Mention]) -> str | None:
    """Return the question before with another verb or in other circumstances, None when a follow-up names neither.

    `mentions` are the roles in the question before.
    """
    return _with_another_verb(said, before) or _in_other_circumstances(said, before, mentions)


def _with_another_verb(said: str, before: str) -> str | None:
    """Return the question before with the verb that a follow-up puts in its place, None when it is no such verb."""
    verb = _VERB.match(said)
    if not verb or not (verb["object"] or is_verb(verb["verb"].lower())):
        return None
    asked = (_WITH_OBJECT if verb["object"] else _ALONE).match(before.rstrip(" ?.!"))
    return f"{asked['who']}{verb['verb']}{asked['rest']}?" if asked else None


def _in_other_circumstances(said: str, before: str, mentions: Sequence[Mention]) -> str | None:
    """Return the question before in circumstances that a follow-up names; None when it spoke of none of the kind."""
    named_by = _CIRCUMSTANCE.match(said)
    if not named_by or not is_phrase(said):
        return None
    word = named_by["word"].lower()
    kind = "|".join(_CONDITIONS if word in _CONDITIONS else (word,))
    end = _end(before, mentions)
    found = list(re.finditer(rf"\b(?:{kind})\b", before[:end], re.I))
    if not found or any(found[-1].start() < mention.span.start < end for mention in mentions):
        return None
    return as_question(f"{before[: found[-1].start()]}{bare(said)}{bare(before)[end:]}")


def placed(where: str, before: str, mentions: Sequence[Mention]) -> str:
    """Return the question before with where it plays, in the place of what it said of that if anything."""
    end = _end(before, mentions)
    added = as_question(f"{before[:end]} {where}{bare(before)[end:]}")
    return _in_other_circumstances(where, before, mentions) or added


def _end(question: str, mentions: Sequence[Mention]) -> int:
    """Return where a question ends, less the names behind it: ", the nurse or the vet"."""
    whole = bare(question)
    end = len(whole)
    for mention in reversed(mentions):
        tail = _TAIL.search(whole[: mention.span.start])
        end = tail.start() if tail and not whole[mention.span.end : end].strip() else end
    return end


def with_other_sides(
    said: str, mentions: Sequence[Mention], before: Understood, asked: Sequence[Mention]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the question before and its roles, with one role in the place of another, or set against a third.

    `mentions` are the roles that a follow-up names, `asked` those in the question before.
    """
    new, old = _exchanged(said, mentions)
    if old in before.roles and (old,) in [mention.roles for mention in asked]:
        text = before.text
        for mention in (mention for mention in reversed(asked) if mention.roles == (old,)):
            text = in_place(text, mention.span.start, mention.span.end, (new,))
        return as_question(text), tuple(new if role == old else role for role in before.roles)
    if before.roles and asked and sets_against(said, mentions):
        added = (mention.roles[0] for mention in mentions if len(mention.roles) == 1)
        roles = tuple(dict.fromkeys((*before.roles, *added)))
        return as_question(with_roles(before.text, asked, roles)), roles
    return None


def _exchanged(said: str, mentions: Sequence[Mention]) -> tuple[str, str]:
    """Return which role a message puts in the place of which: "the nurse instead of the vet"; nothing if none."""
    if len(mentions) != 2 or any(len(mention.roles) != 1 for mention in mentions):  # noqa: PLR2004
        return "", ""
    first, second = mentions
    if _INSTEAD_OF.fullmatch(said[first.span.end : second.span.start]):
        return first.roles[0], second.roles[0]
    if _INSTEAD_FIRST.fullmatch(said[: first.span.start]):
        return second.roles[0], first.roles[0]
    return "", ""


def circumstances_of(question: str, finder: RoleFinder) -> str:
    """Return the circumstances that a question speaks of, if any: "in an inspection"."""
    found = [one.group() for one in CIRCUMSTANCES.finditer(bare(question))]
    return next((one for one in reversed(found) if not finder.find(one)), "")


def who_does(said: str, before: str, mentions: Sequence[Mention], roles: Sequence[str]) -> str | None:
    """Return who of the roles does what a yes-or-no question asked of one: "Can a nurse operate?" "Who can?"."""
    if not _WHO_DOES.fullmatch(bare(said)) or not mentions or len(roles) == 1:
        return None
    asked = _YES_NO.fullmatch(before[: mentions[0].span.start])
    rest = before[mentions[0].span.end :]
    if not asked or len({mention.roles for mention in mentions}) != 1 or rest.startswith(("'", "’")):
        return None
    return as_question(f"Who {asked['verb'].lower()}{bare(rest)}, {named(roles, 'or')}?")
