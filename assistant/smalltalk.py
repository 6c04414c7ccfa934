"""Recognise messages that ask nothing of the articles: greetings, thanks, farewells."""

from __future__ import annotations

import re

GREETING = "Hello! Ask me how two job roles differ, for example in budget, team or career."
THANKS = "You are welcome. Ask on whenever you like."
FAREWELL = "Goodbye! The articles will be here."

_FILLERS = (
    r"(?:\s+(?:you|there|all|everyone|team|so much|a lot|very much|again|that was all|that is all|"
    r"how are you(?: today)?|bye|for your help|for the help))*"
)
_PATTERNS = (
    (
        re.compile(rf"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|how are you(?: today)?){_FILLERS}", re.I),
        GREETING,
    ),
    (
        re.compile(
            rf"(?:great|ok(?:ay)?|perfect|super|clear)?\s*(?:thanks|thank|thx|many thanks|cheers){_FILLERS}", re.I
        ),
        THANKS,
    ),
    (
        re.compile(rf"(?:bye|goodbye|see|see you|farewell)(?:\s+(?:later|soon|then|tomorrow))?{_FILLERS}", re.I),
        FAREWELL,
    ),
)


def reply_to(message: str) -> str | None:
    """Return a short kind reply when the whole message is small talk, else None."""
    bare = " ".join(re.sub(r"[^\w\s]", " ", message).split())
    return next((reply for pattern, reply in _PATTERNS if pattern.fullmatch(bare)), None)
