"""A choice that an answer offers, and what a message takes of it: "the second one", "2", "the plant one", "both"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.follow_up import opened
from corpus.words import forms, word_list

_ORDINALS = {
    "first": 0, "1st": 0, "former": 0, "1": 0, "one": 0, "second": 1, "2nd": 1, "2": 1, "two": 1,
    "third": 2, "3rd": 2, "3": 2, "three": 2, "fourth": 3, "4th": 3, "4": 3, "four": 3, "latter": -1, "last": -1,
}  # fmt: skip
_PLACE = re.compile(
    r"(?!the one\b)(?:(?:the|option|number|nr|no|choice|role|i (?:mean|choose|take))\.? )*"
    rf"(?P<place>{'|'.join(_ORDINALS)})"
    r"(?: (?:one|option|role|job|choice|of (?:the )?(?:them|those|these|two|three)))?",
    re.I,
)
_ALL = re.compile(
    r"(?:(?:both|all|either|any)(?: (?:one|of (?:them|those|these)|the (?:two|three|four)|two|three|four))?|"
    r"(?:it )?does(?:n['’]t| not) matter(?: which)?)",
    re.I,
)
_POINTING = frozenset().union(*map(word_list, ("function", "plain", "follow_up", "kinds_of_person"))) | {"option"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What is asked back, and the questions to choose from.

    `listed` are the questions in the order in which the choice is shown, `by_role` those for a role each, and
    `together` the one for all of them, if there is such a question.
    """

    said: str
    listed: tuple[str, ...]
    by_role: tuple[tuple[str, str], ...] = ()
    together: str = ""

    def taken(self, message: str) -> str | None:
        """Return the question that a message chooses, None when it chooses none."""
        bare = " ".join(opened(message).split()).strip(" ?!.,;:()")
        if found := _PLACE.fullmatch(bare):
            place = _ORDINALS[found["place"].lower()]
            return self.listed[place] if -len(self.listed) <= place < len(self.listed) else None
        if self.together and _ALL.fullmatch(bare):
            return self.together
        return self._named(bare)

    def _named(self, bare: str) -> str | None:
        """Return the question for the one role that has in its name all that a message says."""
        telling = {form for form in forms(bare) if form not in _POINTING}
        found = [question for role, question in self.by_role if telling and telling <= set(forms(role))]
        return found[0] if len(found) == 1 else None
