"""Headings of articles as they are spoken of: within a sentence, and in a question about what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.intent import OF_A_COMPARISON
from corpus.article import Article
from corpus.words import comparable, word_list

_PLURAL = re.compile(r"(?<![sui])s$(?<!ics)(?<!news)")  # not "focus", "analysis", "logistics"
_SHORTEST_PLURAL = 4
# "3. Pay", "D.12 Cover", "IV) Tools", "§ 4 Notice", "Step 2: Ask", but "24 Hours in the Kitchen" and "A Day at Sea".
_NUMBER = re.compile(
    r"(?:§+\s*\d+(?:\.\d+)*[.:]?|(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)*|[IVX]+)[.):]|\d+(?:\.\d+)+(?=\s+[A-Z“])|[A-Z](?:\.\d+)+"
    r"|(?i:section|chapter|part|step|rule|article)\s+(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)[.:]?)\s+(?:[-–—]\s+)?(?=\S)"
)
_JOINED = 3  # words of "Tools and Methods"
# Words with which a question asks for everything about a role, not for one heading.
_ASKS_FOR_ALL = OF_A_COMPARISON | word_list("plain")
# Headings of one singular noun that many articles have.
_IN_PLURAL = {
    "budget": "budgets", "team": "teams", "career": "careers", "workplace": "workplaces", "network": "networks",
    "salary": "salaries", "goal": "goals", "schedule": "schedules", "reputation": "reputations", "style": "styles",
}  # fmt: skip


def asking(article: Article, heading: str) -> str:
    """Return a question about one heading of an article, as people ask where the heading's form lets them."""
    first, second = article.roles[:2]
    words = _unnumbered(heading).split()
    spoken = " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in words)
    if len(words) == 1 and spoken in _IN_PLURAL:
        return f"How do the {_IN_PLURAL[spoken]} of the {first} and the {second} differ?"
    if _are_things(words):
        return f"How do the {spoken} of the {first} and the {second} differ?"
    return f"How do the {first} and the {second} differ in “{in_a_sentence(heading)}”?"


def _are_things(words: Sequence[str]) -> bool:
    """Say whether a heading is one plural noun, or two joined by "and": "Skills", "Tools and Methods"."""
    nouns = [word.casefold() for word in words if word.casefold() != "and"]
    joined = len(words) == len(nouns) == 1 or (len(words) == len(nouns) + 1 == _JOINED and words[1] == "and")
    return joined and all(
        len(noun) > _SHORTEST_PLURAL and _PLURAL.search(noun) and comparable(noun) not in _ASKS_FOR_ALL
        for noun in nouns
    )


def in_a_sentence(heading: str) -> str:
    """Return a heading as it stands within a sentence: "2. Who Reports to Whom?" without its number and its mark."""
    return _unnumbered(heading).rstrip(" ?!.:")


def _unnumbered(heading: str) -> str:
    number = _NUMBER.match(heading)
    return heading[number.end() :] if number else heading
