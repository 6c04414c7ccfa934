"""Read a follow-up of a verb alone as the question before with another verb: "Who hires in a hotel?" "And fires?"."""

from __future__ import annotations

import re

_WHO = r"(?P<who>\W*(?:who|which (?:role|job|one|of (?:the two|them)))\s+)(?P<verb>[a-z]+s)\b"
_CIRCUMSTANCE = r"(?:in|at|on|for|with|during|when|if|after|before|among|under|within|inside|to|from|once)"
# A verb without an object: what follows up on it can be no other object, so it is another verb.
_ALONE = re.compile(rf"{_WHO}(?P<rest>(?:\s+{_CIRCUMSTANCE}\b.*)?)$", re.I | re.S)
_WITH_OBJECT = re.compile(rf"{_WHO}(?P<rest>\s+.+)$", re.I | re.S)
_VERB = re.compile(r"(?:(?:and|or|who|also)\s+)*(?P<verb>[a-z]+s)(?P<object>\s+(?:them|him|her|it))?\W*$", re.I)


def echoed(said: str, before: str) -> str | None:
    """Return the question before with the verb that a follow-up puts in its place, None when it is no such verb."""
    verb = _VERB.match(said)
    asked = (_WITH_OBJECT if verb and verb["object"] else _ALONE).match(before.rstrip(" ?.!"))
    return f"{asked['who']}{verb['verb']}{asked['rest']}?" if verb and asked else None
