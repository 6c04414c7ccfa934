"""When two questions are the same question, and when they may be: words without filler, in order."""

from __future__ import annotations

import re
import unicodedata

from assistant.checks.lexicon import lexicon
from assistant.checks.words import lemma
from corpus.words import forms

_WORDS = re.compile(r"[\w+#]+")  # C, C# and C++ are three things

# Says nothing of what is asked, wherever it stands. Words such as "not", "only" and "both" do.
_FILLER = re.compile(
    r"\b(?:(?:please|pls|just|really|actually|exactly|hello|hi|hey|thanks|thank you)\b"
    r"|(?:(?:can|could|would|will) you (?:please |just )?)?(?:tell|show) me\b(?: please)?|do you know\b"
    r"|i (?:want|would like|need) to know\b|i wonder\b|the\b|an?\b)",
)
# What turns a question round. Two questions are the same only if they have the same of them, and point the same way.
_TURNS = "no not never neither nor without except unless only before after"
_UP = """
big bigger biggest large larger largest great greater high higher highest more most long longer longest old older
above over senior better best
"""
_DOWN = """
small smaller smallest low lower lowest little less least few fewer fewest short shorter shortest young younger
below under junior worse worst
"""
_TURNING, _UPWARDS, _DOWNWARDS = (frozenset(words.split()) for words in (_TURNS, _UP, _DOWN))


def normal_form(question: str) -> str:
    """Return the words of a question without filler; equal forms are the same question."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    plain = " ".join(_WORDS.findall(folded))
    return " ".join(_FILLER.sub(" ", plain).split()) or plain


def may_be_the_same(one: str, other: str) -> bool:
    """Tell whether no word in one question is against a word in the other: bigger or smaller, with or without."""
    ours, theirs = ({lemma(word) for word in forms(text)} for text in (one, other))
    if _turned(one) != _turned(other):
        return False
    known = lexicon()
    return not any(
        known.opposite(mine, yours) or known.converse(mine, yours) or known.alternative(mine, yours)
        for mine in ours - theirs
        for yours in theirs - ours
    )


def _turned(text: str) -> tuple[frozenset[str], bool, bool]:
    words = frozenset(forms(text))
    numbers = frozenset(re.findall(r"\d+", text))
    return words & _TURNING | numbers, bool(words & _UPWARDS), bool(words & _DOWNWARDS)
