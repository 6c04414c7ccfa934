"""Whether a sentence speaks of the roles of its article together: "both", "neither", "all three", "the other two"."""

from __future__ import annotations

import re

Roles = tuple[str, ...]

_ANYWHERE = re.compile(
    r"\b(?:both|neither|either(?!\s+\w+\s+or)|the two|each of them|each other|one another|the pair|jointly|"
    r"which of them|which (?:one )?should you|their paths|each (?:asks|has|can|may|knows|sees|looks|manager|role|one)|"
    r"one\b[^.]{1,120}\bthe other|the first\b[^.]{1,160}\bthe second|the second\b[^.]{1,160}\bthe first)\b",
    re.I,
)
# As the subject that a sentence opens with a verb follows and no noun: "Both owe", "each signs", but "Both shifts".
_SINGULAR_VERB = r"(?:may|can|must|might|could|will|would|should|\w+s(?<!ss))\b"
_PLURAL_VERB = r"(?:of them\b|(?!(?:of|the|an?|\w*[^\Ws]s)\b)\w)"
_OPENS = r"(?:(?:and|but|yet|so|still)\b,?\s+)?"
_EACH_OPENS = re.compile(rf"{_OPENS}each\s+(?:of them\s+)?{_SINGULAR_VERB}", re.I)
_BOTH_OPENS = re.compile(rf"{_OPENS}(?:neither\s+(?:of them\s+)?{_SINGULAR_VERB}|both\s+{_PLURAL_VERB})", re.I)
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_PAIR = 2


def together(sentence: str, roles: Roles, before: Roles, *, named: bool) -> Roles:
    """Return the roles that a sentence speaks of together, none if it does not.

    In a sentence that has names as well, only what it opens with counts: "Both keep what solicitors have to report".
    `before` are the roles of the sentence before, beside which there are "the other two".
    """
    if _opens(sentence, len(roles)):
        return roles
    if named:
        return ()
    number, others = _NUMBERS.get(len(roles)), _NUMBERS.get(len(roles) - 1)
    if others and len(before) == 1 and re.search(rf"\bthe other {others}\b", sentence, re.I):
        return tuple(role for role in roles if role not in before)
    counted = number and re.search(rf"\b(?:all|any of the|none of the) {number}\b", sentence, re.I)
    return roles if counted or _ANYWHERE.search(sentence) else ()


def _opens(sentence: str, number: int) -> bool:
    if _EACH_OPENS.match(sentence) or (number == _PAIR and _BOTH_OPENS.match(sentence)):
        return True
    counted = _NUMBERS.get(number)
    return counted is not None and re.match(rf"{_OPENS}all {counted}\s+{_PLURAL_VERB}", sentence, re.I) is not None
