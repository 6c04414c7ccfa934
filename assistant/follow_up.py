"""What a follow-up is made of: what opens it, what it asks, and how it stands to the message before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.rewording import BOTH, asks_who
from corpus.role_finder import Mention
from corpus.words import forms, word_list

# What is left of a message without these decides whether a follow-up asks something new.
_EMPTY_WORDS = word_list("function") | word_list("follow_up")

# What opens a follow-up and asks nothing: thanks, corrections, "and".
_OPENING = re.compile(
    r"(?:(?:no|nope|sorry|oh|ok|okay|well|hm+|ah|aha|right|fine|good|great|nice|cool|perfect|awesome|brilliant|wow|"
    r"thanks|thank you|thx|ta|cheers|yes|yeah|i see|got it|interesting|sure|"
    r"please|actually|rather|then|so|and|but|or|also|now(?! that\b))\b[\s,.;:!-]+"
    r"|(?:i (?:really |actually )?(?:mean|meant|wanted|was thinking of|(?:was |am )?asking about|asked about)|"
    r"i['’]m asking about|my question is|in (?:that|this|such a) case|if so|"
    r"(?:the )?same (?:question |thing )?(?:for|with|of|about)|what about|how about|"
    r"(?:let['’]s |let us |can we )?(?:go )?back to|returning to|coming back to|as for|and for)\b[\s,:]*)",
    re.I,
)
_CLOSING = re.compile(
    r"[\s,]*\b(?:please|pls|sorry|i (?:mean|meant)|instead|rather|then|thanks|by the way|btw|"
    r"(?:that )?(?:you|we|i) (?:just )?(?:mentioned|named|talked about|spoke of|asked about)(?: before| earlier)?)"
    r"(?=[\s?.!]*$)",
    re.I,
)
# A remark on the last answer before the question: "That is not me. And the other job?"
_REMARK = re.compile(r".*[.!]\s+(?=(?:and|but|so|or|same|what about|how about|then)\b)", re.I | re.S)
BACK = re.compile(
    r"(?:(?:let['’]s |let us |can we )?(?:go |going |come |coming )?back to|returning to)\s+(?:the |my )?"
    r"(?P<which>first|previous|earlier|former|last|original|initial)"
    r"(?:\s+(?:one|question|(?P<topic>topic|thing|point|matter)))?\b",
    re.I,
)
# The same in another order: "the first topic again".
AGAIN = re.compile(
    r"\W*(?:the |my |your )?(?P<which>first|previous|earlier|former|last|original|initial)\s+"
    r"(?:question|(?P<topic>topic|thing|point|matter))\s+(?:again|once more)\W*$",
    re.I,
)
# Says which of two names is meant: "not the sous chef, the head chef".
_CORRECTS = re.compile(
    r"(?:no\W+)?not\s+(?:(?:the|an?)\s+)?[\w -]{2,40}?(?:\s*[,;]\s*(?:but\s+)?|\s+but\s+)(?P<meant>.+)", re.I
)
# Names what comes next: "what about trips?" asks for trips, and for nobody who trips.
_NAMES_TOPIC = re.compile(r"(?:.*[.,;:!]\s*)?(?:(?:and|but|so|or)\s+)?(?:what about|how about|as for|and for)\b", re.I)
# Tells where somebody is: "I work in a hospital", "we're at sea".
_SETTING = re.compile(
    r"(?:i|we)(?:['’](?:m|re|ve)|\s+(?:am|are|was|were|have|work|live|just|now|currently|both|all|been|moved|started|"
    r"joined|belong|working|based|employed))*\b\s*(?P<where>(?:in|at|on)\s+(?:an?|the|our|my)\s+.+)",
    re.I,
)
# Sets a role against the one spoken of: "compared with the sous chef?"
_AGAINST = re.compile(
    r"\W*(?:vs\.?|versus|(?:as )?compared (?:to|with)|in comparison (?:to|with)|as opposed to|unlike|against)\s+"
    r"(?:(?:the|an?)\s+)?",
    re.I,
)
# In the circumstances that the message before spoke of: "And what does the other one do then?"
_CASE = r"in (?:(?:that|this|such a) case|(?:that|this) situation)"
_THEN = re.compile(rf"\b(?:then|there|{_CASE})(?=\W*$)|^(?:and |but )?{_CASE}\b", re.I)
CIRCUMSTANCES = re.compile(
    r"\b(?:in|at|on|during|when|if|after|before|once|without)\b(?! (?:the )?(?:two|both|them)\b).+$", re.I
)
# What was said to be confirmed ("The tester proposes it, right?"), and what asks for a yes or no.
_CONFIRMS = re.compile(
    r".*(?:\.|[,;]\s*(?:right|yes|no|okay|ok|correct|isn['’]t (?:it|he|she)|doesn['’]t (?:it|he|she)|"
    r"i (?:take it|suppose|guess|hear|understand))\s*\?)$",
    re.I | re.S,
)
_YES_NO = re.compile(r"(?:do|does|did|is|are|was|can|could|may|must|should|would|will|has|have)\b", re.I)
# Before a role, and nothing of substance after it: the role itself is asked about, not the last question again.
_DESCRIBES = re.compile(
    r"(?:(?:who|what)(?:['’]s|\s+(?:is|are|does|do))|(?:please\s+)?(?:tell me about|describe|explain))"
    r"(?:\s+(?:an?|the))?\s*",
    re.I,
)


def opened(message: str) -> str:
    """Take off what opens or closes a follow-up without asking anything."""
    remark = _REMARK.match(message)
    left = message[remark.end() :] if remark else message
    correction = _CORRECTS.fullmatch(left)
    left = correction["meant"] if correction else left
    while (match := _OPENING.match(left)) and match.end() < len(left):
        left = left[match.end() :]
    cut = _CLOSING.search(left)
    left = left[: cut.start()] + left[cut.end() :] if cut and left[: cut.start()].strip() else left
    return left.strip() or message


def corrects(message: str) -> bool:
    """Say whether a message puts one name in the place of another: "not brand, marketing"."""
    return bool(_CORRECTS.fullmatch(message))


def names_topic(message: str) -> bool:
    """Say whether a message opens with what only a topic follows: "what about ..."."""
    return bool(_NAMES_TOPIC.match(message))


def setting_in(message: str) -> str:
    """Return where the one who asks is, if a message says nothing else: "in a hospital"; else nothing."""
    said = message.strip().rstrip(".! ")
    found = None if said.endswith("?") else _SETTING.fullmatch(said)
    return found["where"] if found and not re.search(r"[.,;:?]", said) else ""


def sets_against(message: str, mentions: Sequence[Mention]) -> bool:
    """Say whether all that a message says is with whom the role spoken of is to be compared."""
    return bool(
        mentions
        and _AGAINST.fullmatch(message[: mentions[0].span.start])
        and not message[mentions[-1].span.end :].strip(" ?.!")
    )


def in_the_same_case(message: str) -> bool:
    """Say whether a message asks about the circumstances of the one before."""
    return bool(_THEN.search(message))


def content_of(text: str) -> list[str]:
    """Return the words that ask something new."""
    return [form for form in forms(text) if form not in _EMPTY_WORDS]


def describes(message: str, mentions: Sequence[Mention]) -> bool:
    """Say whether a message asks about the role itself that it names, not the last question again."""
    possessive = re.search(r"['’]s?\W*$", message)  # "What is the plant manager's?" goes on with the last question
    return bool(mentions and _DESCRIBES.fullmatch(message[: mentions[0].span.start])) and not possessive


def confirms(message: str) -> bool:
    """Say whether a message says something to be confirmed, from which what follows goes on."""
    return bool(_CONFIRMS.match(message))


def wide(said: str, before: str) -> bool:
    """Say whether a message without a role's name may be about the role spoken of and about the other one alike.

    It is when it asks who, and when it goes on from what was said of one role ("X does this, right?" "And that?").
    """
    return bool(asks_who(said) or BOTH.search(said) or confirms(before) or _YES_NO.match(before))
