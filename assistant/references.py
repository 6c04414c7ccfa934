"""What a message means by "the other one", "the manager" or "the business one", given the roles spoken of."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.rewording import asks_who
from corpus.catalogue import Role
from corpus.role_finder import Mention, RoleFinder
from corpus.words import forms, word_list

OTHER_ONE = "other one"  # stands in a question for a role that is still to be chosen

_KINDS = word_list("kinds_of_person")
_NOUN = (
    r"(?:one|role|job|side|person|post|position|chair|path|two|half|man|lady|guy|profession|camp|desk|title|department)"
)
_VERB = (
    r"(?:do|does|did|is|are|was|were|has|have|had|can|could|may|might|must|should|would|will|too|as well|then|there|at)"
)
# "the other one", "the other does", "the others do"; not "the other departments". And "her colleague".
OTHER = re.compile(
    rf"\b(?:the\s+other(?:['’]s)?(?=\s*(?:[^\w\s]|$)|\s+{_VERB}\b)|the\s+others\b|the\s+other\s+{_NOUN}\b(?:['’]s)?"
    rf"|other\s+(?:one|role|job|side|person)\b(?:['’]s)?"
    rf"|(?:his|her|their)\s+(?:\w+\s+)?(?:colleague|counterpart|opposite number|companion)\b(?:['’]s)?)",
    re.I,
)
# "the one at reception", "the green one", "the man in charge": a role described, when nothing else is said.
DESCRIBED = re.compile(
    r"(?:for\s+)?(?:the|that|those|your|our|my)\s+(?:[\w-]+\s+){0,2}"
    r"(?:ones?|person|people|man|woman|lady|guys?|folks?|bunch|number two|deputy|post|chair|colleague|counterpart)"
    r"(?:\s+(?:with|at|for|who|in|on|that|of|from|above|below|next|behind|by|down|up|under|over)\b[^,;?.!]*)?"
    r"(?:\s+(?:too|as well|then|please))?\W*",
    re.I,
)
BOSS = re.compile(
    r"\b(?:(?:his|her|their)\s+(?:[\w-]+\s+)?(?:boss|superior|chief|supervisor|line manager)"
    r"|the\s+(?:big\s+|top\s+)?(?:boss|superior)(?!\s+of\b)"
    r"|the\s+(?:one|man|woman|person)\s+above(?:\s+them)?|the top person)\b(?:['’]s)?",
    re.I,
)
# Who the superior of a role is was asked: the answer names them, and "his boss" is then theirs.
BOSS_ASKED = re.compile(r"\b(?:boss|superior|supervisor|line manager)\b|\b(?:report|answer)s? to\b", re.I)
FIRST = re.compile(r"\bthe\s+(?:former|first\s+(?:one|role|of\s+(?:the\s+)?(?:two|them)))\b", re.I)
SECOND = re.compile(r"\bthe\s+(?:latter|second\s+(?:one|role|of\s+(?:the\s+)?(?:two|them)))\b", re.I)
_FEW = word_list("function")


def about_the_boss(said: str) -> bool:
    """Say whether a message is about the superior of the role spoken of; "Who is her boss?" asks who that is."""
    return bool(BOSS.search(said)) and not asks_who(said)


def without_references(said: str, left: str) -> str:
    """Take the words that only point to a role out of what is left of a message without the names."""
    if DESCRIBED.fullmatch(left):
        return ""
    for pattern in (OTHER, FIRST, SECOND):
        left = pattern.sub("", left)
    return BOSS.sub("", left) if about_the_boss(said) else left  # not of "the head chef's boss", who is asked for


def named_as(written: str, role: str) -> str:
    """Return a role's name in the place of what stood for it, in the possessive if that was."""
    return f"the {role}'s" if re.search(r"['’]s$", written) else f"the {role}"


@functools.lru_cache(maxsize=1024)
def short_names(roles: tuple[Role, ...]) -> RoleFinder:
    """Return a finder for what tells these roles apart: "the manager", "the business one", "the ML people".

    A name's own ending counts before the ending of another role's alias.
    """
    endings: dict[tuple[str, ...], str | None] = _telling_endings(roles, aliases=True)
    endings.update(_telling_endings(roles, aliases=False))
    telling: defaultdict[str, set[str]] = defaultdict(set)
    for role in roles:
        for word in {word for name in (role.name, *role.aliases) for word in forms(name)} - _FEW:
            telling[word].add(role.name)
    names: dict[tuple[str, ...], tuple[str, ...]] = {
        (word, kind): tuple(meant) for word, meant in telling.items() if len(meant) == 1 for kind in _KINDS
    }
    names.update({ending: (meant,) for ending, meant in endings.items() if meant})
    return RoleFinder(names, [ending for ending in endings if len(ending) == 1])


def _telling_endings(roles: Sequence[Role], *, aliases: bool) -> dict[tuple[str, ...], str | None]:
    """Return the role that has a name with such an ending; None where several of the roles have one."""
    endings: dict[tuple[str, ...], str | None] = {}
    for role in roles:
        for name in role.aliases if aliases else (role.name,):
            for ending in _endings(name):
                endings[ending] = role.name if endings.get(ending, role.name) == role.name else None
    return endings


def merged(near: Sequence[Mention], far: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of both in reading order; where two overlap, the longer one, else the near one."""
    kept: list[Mention] = []
    for mention in sorted((*near, *far), key=lambda m: -(m.span.end - m.span.start)):
        if not any(_overlap(mention, other) for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.span.start))


def certain(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the roles that are named for certain, each once."""
    return tuple(dict.fromkeys(mention.roles[0] for mention in mentions if len(mention.roles) == 1))


def _endings(name: str) -> list[tuple[str, ...]]:
    head = forms(name.split(" of ")[0])
    return [head[at:] for at in range(1 if " of " not in name else 0, len(head))]


def _overlap(first: Mention, second: Mention) -> bool:
    return first.span.start < second.span.end and second.span.start < first.span.end
