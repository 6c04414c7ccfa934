"""Name in a question the section that the conversation is about, where the answer depends on it; read such a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.ground import Ground
from assistant.headings import in_a_sentence
from assistant.intent import OF_A_COMPARISON
from corpus.library import Library
from corpus.words import forms, word_list

_PAIR = 2
_QUOTED = re.compile(r"[“\"](?P<heading>[^“”\"]+)[”\"]")
_SAYS_NOTHING = OF_A_COMPARISON | word_list("function") | word_list("follow_up") | word_list("plain")
_TOLD = re.compile(r"\s*\(as told in “(?P<heading>[^“”]+)” of “(?P<title>[^“”]+)”\)\s*$")


class Told:
    """Knows the sections of one library by their headings."""

    def __init__(self, library: Library) -> None:
        """Take the articles that have a title and headings."""
        self._articles = {article.title: article for article in library.articles.values()}

    def worded(self, ground: Ground) -> str:
        """Return what says where something stood, to be put behind a question; nothing where that has no name."""
        article = next((one for one in self._articles.values() if one.id == ground.article_id), None)
        heading = article.sections[ground.section].heading if article and ground.section is not None else ""
        said = f" (as told in “{heading}” of “{article.title}”)" if article and heading else ""
        return said if self.unworded(said)[1] else ""

    def unworded(self, text: str) -> tuple[str, str, Ground | None]:
        """Return a question without the section named behind it, that name, and the section."""
        found = _TOLD.search(text)
        article = self._articles.get(found["title"]) if found else None
        if not found or article is None:
            return text, "", None
        headings = [section.heading for section in article.sections]
        if found["heading"] not in headings:
            return text, "", None
        ground = Ground(article.id, headings.index(found["heading"]), article.roles, ())
        return text[: found.start()], found.group(), ground

    def quoted(self, text: str, roles: Sequence[str]) -> Ground | None:
        """Return the section whose heading a question about some roles quotes, in the article that compares them."""
        found = _QUOTED.search(text)
        return self._headed(found["heading"], in_a_sentence, roles) if found and roles else None

    def asked(self, content: Sequence[str], roles: Sequence[str]) -> Ground | None:
        """Return the section of whose heading a question that compares some roles has all words and no other."""
        compares = len(roles) >= _PAIR and not OF_A_COMPARISON.isdisjoint(content)
        named = " ".join(form for form in content if form not in _SAYS_NOTHING)
        return self._headed(named, _words_of, roles) if compares and named else None

    def _headed(self, heading: str, kept: Callable[[str], str], roles: Sequence[str]) -> Ground | None:
        """Return the section with such a heading, as far as what is `kept` of a heading can tell."""
        least = min(len(roles), _PAIR)
        articles = [one for one in self._articles.values() if len(set(roles) & set(one.roles)) >= least]
        for article in sorted(articles, key=lambda one: one.roles[:_PAIR] != tuple(roles[:_PAIR])):
            headings = [kept(section.heading.casefold()) for section in article.sections]
            if (wanted := kept(heading.casefold())) in headings:
                return Ground(article.id, headings.index(wanted), article.roles, ())
        return None


def _words_of(heading: str) -> str:
    """Return the words of a heading that say something, in the order of the alphabet."""
    return " ".join(sorted(set(forms(in_a_sentence(heading))) - _SAYS_NOTHING))


def asks_all_of_it(text: str, content: Sequence[str]) -> bool:
    """Say whether a question asks no more than what stands under the heading that it quotes."""
    quoted = {form for found in _QUOTED.finditer(text) for form in forms(found["heading"])}
    return _SAYS_NOTHING.issuperset(form for form in content if form not in quoted)
