"""Take a question apart that asks for two things: what may she decide, and with which tools does she work.

The ranker reads a question as a whole, and no single sentence answers both halves. Each half is therefore asked alone
too, with the roles that the whole names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.question import Question
from corpus.words import forms, word_list

_ASKS = r"(?:who(?:m|se)?|what|which|how|where|when|why|(?:by|to|with|on|for|from|in|at|of) (?:whom?|what|which|how))"
_NEXT_QUESTION = re.compile(rf"(?<=\?)\s+(?=\S)|\s*[,;]?\s+(?:and|or)\s+(?:also\s+)?(?={_ASKS}\b)", re.I)
_SUBJECT = re.compile(
    r"^\W*(?P<subject>(?:who(?:m|se)?|which (?:of (?:the two|them|these)|one|role|job)))\s+"
    r"(?P<first>.+?)\s*,?\s+and\s+(?:also\s+|then\s+)?(?P<second>.+)$",
    re.I | re.S,
)
_EMPTY = word_list("function") | word_list("plain") | word_list("vague")
_FEWEST_WORDS = 2  # of content where only the verb is asked twice: "Who hires and trains apprentices?" is one question
_MOST = 3


def parts_of(question: Question) -> tuple[str, ...]:
    """Return the questions that a question is made of, each with the roles it is about; none when it is one."""
    halves, fewest = _NEXT_QUESTION.split(question.text), 1
    if len(halves) == 1 and (found := _SUBJECT.match(question.text)):
        halves, fewest = (
            [f"{found['subject']} {found['first']}?", f"{found['subject']} {found['second']}"],
            _FEWEST_WORDS,
        )
    if not 1 < len(halves) <= _MOST or min(map(_content, halves)) < fewest:
        return ()
    return tuple(_with_roles(halves, question.roles))


def _content(half: str) -> int:
    return sum(form not in _EMPTY for form in forms(half))


def _with_roles(halves: Sequence[str], roles: Sequence[str]) -> Iterator[str]:
    """Put the roles before a half that names none of the words of their names."""
    for half in halves:
        named = any(set(forms(role)) & set(forms(half)) for role in roles)
        yield half.strip(" ,;") if named or not roles else f"{' and '.join(roles)}: {half.strip(' ,;')}"
