"""What a message wants of the answer before it: more of it, the reasons for it, or what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_IT = r"(?:that|this|it|so|them)"
_THEY = r"(?:it|they|he|she|you|the articles?|the texts?)"


class Wants(Enum):
    """What is wanted of an answer."""

    MORE = "more"
    REASON = "reason"
    SOURCE = "source"


_MESSAGES = {
    Wants.MORE: re.compile(
        rf"(?:(?:what|anything|something|nothing) (?:else|more)(?: (?:is there|do {_THEY} say|to (?:say|know)))?"
        rf"|(?:(?:can|could) you )?(?:please )?(?:(?:tell|give|show) me )?(?:some |any |a bit |a little )?"
        rf"(?:(?:more|further|additional)(?: (?:details?|information|info|facts?))?|(?:the )?details)"
        rf"(?: (?:on|about|of) {_IT})?|(?:(?:can|could) you )?(?:please )?(?:elaborate|continue|go on)(?: on {_IT})?"
        r"|(?:is )?(?:that|this) (?:all|everything)|is there (?:anything )?(?:more|else))",
        re.I,
    ),
    Wants.REASON: re.compile(
        rf"(?:(?:but )?why(?: not)?(?: (?:is|was) {_IT})?(?: so)?|how come|how so|for what reason"
        rf"|what(?: i|['’])s the reason(?: for {_IT})?|why do(?:es)? {_THEY} say {_IT})",
        re.I,
    ),
    Wants.SOURCE: re.compile(
        rf"(?:are you (?:really |quite |absolutely )?(?:sure|certain)(?: (?:about|of) {_IT})?|really|seriously"
        rf"|is (?:that|this|it) (?:really |actually )?(?:true|so|right|correct)"
        rf"|where do(?:es)? {_THEY} (?:say|state|claim)(?: {_IT})?"
        rf"|where (?:is|does|did you (?:get|find|read)) {_IT}(?: (?:from|come from|written|stated|said))?"
        rf"|who says(?: {_IT})?|says who|how do you know(?: {_IT})?"
        r"|(?:(?:what(?: i|['’])s )?(?:the|your) )?sources?"
        rf"|(?:can you )?prove {_IT}|what do you mean(?: (?:by|with) {_IT})?)",
        re.I,
    ),
}
_WORDED = {
    Wants.MORE: re.compile(r"What else do the articles say about this(?:, part (?P<times>\d+))?: (?P<asked>.+)", re.S),
    Wants.REASON: re.compile(r"Why is that so: (?P<asked>.+)", re.S),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of an answer, and for the how many-th time on end."""

    wants: Wants
    times: int = 1

    def worded(self, asked: str) -> str:
        """Return the self-contained question that has this wish of the answer to the one asked before."""
        part = f", part {self.times}" if self.times > 1 else ""
        if self.wants is Wants.MORE:
            return f"What else do the articles say about this{part}: {asked}"
        return f"Why is that so: {asked}" if self.wants is Wants.REASON else asked


def wish_of(message: str) -> Wish | None:
    """Return what a message wants of the answer before it, None when it asks something of its own."""
    bare = " ".join(message.split()).strip(" ?!.,")
    return next((Wish(wants) for wants, pattern in _MESSAGES.items() if pattern.fullmatch(bare)), None)


def unworded(text: str) -> tuple[str, Wish | None]:
    """Return the question in one that `Wish.worded` made, and the wish; any other question as it is."""
    for wants, pattern in _WORDED.items():
        if found := pattern.fullmatch(text):
            times = found.groupdict().get("times")
            return found["asked"], Wish(wants, int(times or 1))
    return text, None
