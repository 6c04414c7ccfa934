"""Recognise messages that ask nothing of the articles: greetings, thanks, orders, nonsense, other languages."""

from __future__ import annotations

import re

from assistant.addressed import Addressed, addressed, plain
from assistant.courtesy import Courtesy, courtesy
from assistant.language import foreign
from assistant.question_words import AUXILIARY

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

SOURCES = (
    "Every statement of mine is a sentence of one of the articles, word for word. Its number leads to the place, so "
    "that you can judge for yourself; the article says of when it is, if that is known. All of them: /articles."
)
PRIVACY = (
    "What you type is searched on this machine and sent nowhere else. Whether and how long questions are kept is "
    "settled by those who run me; please ask them."
)
PRAISE = "Thank you! Ask on whenever you like."
SORRY = "I am sorry. I can only look up what the articles say; other words may help, or somebody of your HR department."
ERRAND = "I cannot do that: I only look up what the articles say about job roles, and cite it."
NOW = "That I do not know: I only look up what the articles say about job roles, and cite it."
FEELING = "I am sorry to hear that. All I know is what the articles say about job roles: ask me how two of them differ."

_ADDRESSED = {
    Addressed.ABOUT: ABOUT, Addressed.SOURCES: SOURCES, Addressed.PRIVACY: PRIVACY, Addressed.TONGUES: FOREIGN,
    Addressed.PRAISE: PRAISE, Addressed.COMPLAINT: SORRY, Addressed.DENIED: SORRY, Addressed.HUMAN: SORRY,
    Addressed.ERRAND: ERRAND, Addressed.NOW: NOW, Addressed.FEELING: FEELING,
}  # fmt: skip
_ORDER = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass)\b.{0,40}\b(?:instructions?|prompt|rules?|articles?|sources?)\b"
    r"|\bsystem prompt\b|\byour own knowledge\b|\bmake (?:something|things) up\b|[\"']role[\"']\s*:\s*[\"']system"
    r"|\bas your (?:administrator|developer|owner|creator)\b|\byou are now\b|\bpretend (?:to be|that you|you)\b"
    r"|\bswitch off the citations\b|\b(?:rm -rf|sudo|drop table)\b|^\s*select\b.+\bfrom\b.+;"
    r"|^\W*(?:please )?(?:tell (?:me|us|everybody) that\b|repeat after me\b|answer (?:only|without|with)\b)"
    r"|\breveal\b.{0,20}\b(?:secrets?|prompt|passwords?)\b|\bshow me the questions other people\b",
    re.I | re.S,
)
_KEYS = re.compile(
    r"(?:[asdfghjkl]{4,}|[qwertzuiop]{6,}|[zxcvbnm]{4,}|jkl|(\w)\1{3,}|(?:bla+h?)|null|undefined|lorem|ipsum)"
)
_CLAUSE = re.compile(r"[^.?!;:,\n]+[?]?")
_SENTENCE = re.compile(r"[^.?!:\n]+(?:[.?!:\n]+|$)\s*")  # a colon ends an order: "Answer in one word: who ...?"
_WH = r"(?:who|whom|whose|what|which|how|when|where|why)"
_ASKS = re.compile(
    rf"\?\s*$|(?:^|[.!:]\s*)(?:{_WH}|{AUXILIARY}|compare|describe|explain)\b|\b(?:tell me|say|explain|answer) {_WH}\b",
    re.I,
)
NOTED = "Ask on whenever you like."
_COURTESY = {
    Courtesy.THANKS: THANKS, Courtesy.FAREWELL: FAREWELL, Courtesy.GREETING: GREETING, Courtesy.REMARK: NOTED,
}  # fmt: skip
_COURTESIES = {*_COURTESY.values(), PRAISE}


def reply_to(message: str) -> str | None:
    """Return a short kind reply when a message asks nothing of the articles or is not in English, else None."""
    reply = _in_kind(message)
    if reply in _COURTESIES:
        return reply
    if foreign(message):
        return FOREIGN
    if reply:
        return reply
    replies = [_in_kind(clause) for clause in _clauses(message)]
    if not all(replies):
        return None
    return next((reply for reply in replies if reply not in _COURTESIES), replies[-1])


def _in_kind(clause: str) -> str | None:
    """Return the reply to one clause: courtesy, talk with the assistant, or nonsense."""
    said, reply = addressed(clause), _courtesy(clause)
    if said and reply in (None, NOTED):
        return _ADDRESSED[said]
    return reply or (NONSENSE if _is_nonsense(plain(clause)) else None)


def _courtesy(clause: str) -> str | None:
    """Return the reply to words of courtesy; with a question mark only "how are you?" is one."""
    kind = courtesy(plain(clause).split())
    asks = kind is not Courtesy.GREETING and clause.rstrip().endswith("?")
    return _COURTESY[kind] if kind and not asks else None


def _clauses(message: str) -> list[str]:
    return [clause for clause in _CLAUSE.findall(message) if plain(clause)]


def asked_in(message: str) -> str:
    """Return a message without the sentences that only give orders: they are mere text, what it asks is answered."""
    sentences = _SENTENCE.findall(message)
    left = " ".join("".join(sentence for sentence in sentences if not _ORDER.search(sentence)).split())
    return left if _ASKS.search(left) and _ORDER.search(message) else message


def is_order(message: str) -> bool:
    """Say whether a message directs the assistant and asks nothing."""
    return bool(_ORDER.search(message)) and not _ASKS.search(message)


def _is_nonsense(bare: str) -> bool:
    """Say whether there is no word in a message, or only such as fingers type at random."""
    found = [word for word in bare.casefold().split() if not word.isdigit()]
    return all(_KEYS.fullmatch(word) for word in found)
