"""Say which topic a heading treats: by the catalogue, else by words that only headings use so."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence

from corpus.catalogue import Catalogue, Topic
from corpus.role_finder import Mention, RoleFinder
from corpus.words import NAMES_FOLDER, forms


def topic_of(heading: str, finder: RoleFinder, catalogue: Catalogue) -> str | None:
    """Return the topic of a heading besides the roles that the finder finds: "Quality Manager" treats no quality."""
    rest = _without(heading, finder.find(heading))
    return catalogue.topic_of_heading(rest) or next(iter(_heading_words().find_topics(rest)), None)


def _without(heading: str, roles: Sequence[Mention]) -> str:
    """Return a heading without the names of roles in it."""
    ends = [0, *(role.span.end for role in roles)]
    starts = [*(role.span.start for role in roles), len(heading)]
    return " ".join(heading[end:start] for end, start in zip(ends, starts, strict=True))


@functools.cache
def _heading_words() -> Catalogue:
    table = tomllib.loads((NAMES_FOLDER / "heading_words.toml").read_text(encoding="utf-8"))
    topics = [Topic(name, tuple(forms(phrase) for phrase in phrases)) for name, phrases in table.items()]
    return Catalogue([], topics, {"nouns": [], "generic": []})
