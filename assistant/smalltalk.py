"""Recognise messages that ask nothing of the articles: greetings, thanks, orders, nonsense, other languages."""

from __future__ import annotations

import re

from assistant.language import foreign

GREETING = "Hello! Ask me how two job roles differ, for example in budget, team or career."
THANKS = "You are welcome. Ask on whenever you like."
FAREWELL = "Goodbye! The articles will be here."

ABOUT = (
    "I am Rolewise: I look up what the articles say about job roles and how two of them differ, and cite the sentence. "
    "I keep to the articles, and when they do not answer I say so."
)
ORDER = "I take no orders of that kind: I only answer from the articles, and cite them. Ask me about a job role."
NONSENSE = "I could not make anything of that. Ask me how two job roles differ, for example in budget, team or career."
FOREIGN = "Sorry, I only understand English. Please ask in English."

_ABOUT = re.compile(
    r"(?:(?:so|and|hey|hi|hello) )?(?:who|what) (?:are|r) (?:you|u)|what(?: s| is)? your (?:name|job|purpose)|"
    r"who (?:built|made|created|wrote) you|are you (?:a |an )?(?:human|robot|bot|machine|person|ai|real)|"
    r"are you smarter than me|"
    r"(?:what|how) (?:can|do|could) you (?:do|help|work|answer|know)(?: (?:me|for me|with|here))*|"
    r"what (?:can|could|should|may) i ask(?: you)?|how does this work|help(?: me)?(?: please)?|"
    r"(?:can|do) you (?:sing|sleep|dream|eat|talk)(?: at night)?|i love you|you are (?:useless|great|stupid|wonderful)|"
    r"i m bored(?: entertain me)?|do you store what i type|how do you feel about \w+|tell me (?:a joke|about yourself)",
    re.I,
)
_ORDER = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass)\b.{0,40}\b(?:instructions?|prompt|rules?|articles?|sources?)\b"
    r"|\bsystem prompt\b|\byour own knowledge\b|\bmake (?:something|things) up\b|[\"']role[\"']\s*:\s*[\"']system"
    r"|\bas your (?:administrator|developer|owner|creator)\b|\byou are now\b|\bpretend (?:to be|that you|you)\b"
    r"|\bswitch off the citations\b|\b(?:rm -rf|sudo|drop table)\b|^\s*select\b.+\bfrom\b.+;"
    r"|\breveal\b.{0,20}\b(?:secrets?|prompt|passwords?)\b|\bshow me the questions other people\b",
    re.I | re.S,
)
_KEYS = re.compile(
    r"(?:[asdfghjkl]{4,}|[qwertzuiop]{6,}|[zxcvbnm]{4,}|jkl|(\w)\1{3,}|(?:bla+h?)|null|undefined|lorem|ipsum)"
)
NOTED = "Ask on whenever you like."
_FILLERS = (
    r"(?:\s+(?:you|there|all|everyone|team|so much|a lot|very much|again|that was all|that is all|"
    r"how are you(?: today)?|mate|bye|for your help|for the help))*"
)
_PATTERNS = (
    (
        re.compile(
            rf"(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|how are you(?: today)?){_FILLERS}", re.I
        ),
        GREETING,
    ),
    (
        re.compile(
            r"(?:great|ok(?:ay)?|perfect|super|clear|cool|nice)?\s*"
            rf"(?:thanks|thank|thx|many thanks|cheers|that is all|that s all){_FILLERS}",
            re.I,
        ),
        THANKS,
    ),
    (
        re.compile(rf"(?:bye|goodbye|see|see you|farewell)(?:\s+(?:later|soon|then|tomorrow))?{_FILLERS}", re.I),
        FAREWELL,
    ),
    (re.compile(r"(?:ok(?:ay)?|hm+|aha|i see|got it|good to know|nice|fine|great|cool|understood)", re.I), NOTED),
)


def reply_to(message: str) -> str | None:
    """Return a short kind reply when the whole message is small talk, nonsense or not in English, else None."""
    bare = " ".join(re.sub(r"[^\w\s]", " ", message).split())
    reply = next((reply for pattern, reply in _PATTERNS if pattern.fullmatch(bare)), None)
    if reply:
        return reply
    if _ABOUT.fullmatch(bare):
        return ABOUT
    if foreign(message):
        return FOREIGN
    return NONSENSE if _is_nonsense(bare) else None


def is_order(message: str) -> bool:
    """Say whether a message tries to direct the assistant; beside a question about roles that is mere text."""
    return bool(_ORDER.search(message))


def _is_nonsense(bare: str) -> bool:
    """Say whether there is no word in a message, or only such as fingers type at random."""
    found = [word for word in bare.casefold().split() if not word.isdigit()]
    return all(_KEYS.fullmatch(word) for word in found)
