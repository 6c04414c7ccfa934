"""What a message wants of the answer before it: more of it, less of it, the reasons for it, or what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from corpus.words import forms, word_list

_LIGHT = word_list("function") | word_list("follow_up") | word_list("plain")
_IT = r"(?:that|this|it|so|them)"
_THEY = r"(?:it|they|he|she|you|the articles?|the texts?)"


class Wants(Enum):
    """What is wanted of an answer."""

    MORE = "more"
    SHORTER = "shorter"
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
        rf"|is (?:that|this|it) (?:(?:really|actually|always|usually|generally|still|everywhere) )*"
        rf"(?:true|so|right|correct|the case|the rule)(?: everywhere)?"
        rf"|where do(?:es)? {_THEY} (?:say|state|claim)(?: {_IT})?"
        rf"|where (?:is|does|did you (?:get|find|read)) {_IT}(?: (?:from|come from|written|stated|said))?"
        rf"|who says(?: {_IT})?|says who|how do you know(?: {_IT})?"
        r"|(?:(?:what(?: i|['’])s )?(?:the|your) )?sources?"
        rf"|(?:can you )?prove {_IT}|what do you mean(?: (?:by|with) {_IT})?)",
        re.I,
    ),
}
# Opens a wish whose other words say nothing of their own: "what else is she allowed to do?", "which page says so?".
_OPENED = {
    Wants.MORE: re.compile(
        r"(?:and )?(?:(?:is|are) there )?(?:what|anything|something|nothing|what other things?)(?: (?:is|are) there)? "
        r"(?:else|more)\b",
        re.I,
    ),
    Wants.SOURCE: re.compile(
        r"(?:and )?(?:(?:in|from|on|under|by) )?(?:which|what) "
        r"(?:articles?|sections?|pages?|texts?|sources?|sentences?|paragraphs?|chapters?|headings?)\b"
        rf"(?=.* (?:from$|(?:{'|'.join(sorted(word_list('saying')))})s?\b))",
        re.I,
    ),
}
_SAYING_NOTHING = {
    Wants.MORE: _LIGHT | word_list("describing") | word_list("saying") | {"allowed", "permitted", "charge", "able"},
    Wants.SOURCE: _LIGHT | word_list("saying"),
}
_SHORTER = re.compile(
    rf"\b(?:{'|'.join(sorted(word_list('shorter')))}|tl;dr|too (?:long|much|wordy)|plain english|sum {_IT} up"
    r"|(?:one|a|1|two|few|fewer|single) (?:short |single )?(?:sentences?|lines?|words?))\b",
    re.I,
)
_BARELY = _LIGHT | word_list("saying") | {"make", "keep", "answer", "version", "bit", "little", "long"}
_ASKS_OTHERWISE = re.compile(r"(?:and )?(?:how|who|whose|whom|when|where|why|which)\b", re.I)
_WORDED = {
    Wants.MORE: re.compile(r"What else do the articles say about this(?:, part (?P<times>\d+))?: (?P<asked>.+)", re.S),
    Wants.SHORTER: re.compile(r"In short: (?P<asked>.+)", re.S),
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
        said = {Wants.SHORTER: "In short: ", Wants.REASON: "Why is that so: "}.get(self.wants, "")
        return f"{said}{asked}"


def wish_of(message: str) -> Wish | None:
    """Return what a message wants of the answer before it, None when it asks something of its own."""
    bare = " ".join(message.split()).strip(" ?!.,")
    whole = (wants for wants, pattern in _MESSAGES.items() if pattern.fullmatch(bare))
    opened = (
        wants
        for wants, pattern in _OPENED.items()
        if (found := pattern.match(bare)) and _SAYING_NOTHING[wants].issuperset(forms(bare[found.end() :]))
    )
    shorter = (Wants.SHORTER,) if _is_for_less(bare) else ()
    return next((Wish(wants) for wants in (*whole, *opened, *shorter)), None)


def _is_for_less(bare: str) -> bool:
    """Say whether a message only wants the answer shorter or simpler."""
    left = _SHORTER.sub("", bare)
    return left != bare and not _ASKS_OTHERWISE.match(bare) and _BARELY.issuperset(forms(left))


def unworded(text: str) -> tuple[str, Wish | None]:
    """Return the question in one that `Wish.worded` made, and the wish; any other question as it is."""
    for wants, pattern in _WORDED.items():
        if found := pattern.fullmatch(text):
            times = found.groupdict().get("times")
            return found["asked"], Wish(wants, int(times or 1))
    return text, None
