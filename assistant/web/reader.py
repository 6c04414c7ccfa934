"""The article reader: plain pages that need no JavaScript. A citation's address leads here, to its sentence."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.web.answers import Answers
from assistant.web.approved import Approvals
from assistant.web.article_search import LONGEST_TEXT, Found, Snippet, Wish, find_articles, topics_of
from assistant.web.article_view import contents_of, parts_of
from assistant.web.examples import questions_about
from assistant.web.pages import Pages
from corpus.article import Article
from corpus.check import check_article
from corpus.library import Library

ON_A_PAGE = 100  # articles; a longer list is slow to find anything in, and a library may hold thousands

_MOST_DIGITS = 6  # no article has a million sentences, and reading endless numbers takes time
_NAMES_SHOWN = 4  # of a role; the rest only make the list long


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as a search shows it: its number, and its words in pieces that are marked or not."""

    number: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list: what was found in it, and the sentence that its link leads to, if any."""

    article: Article
    snippets: tuple[Shown, ...]
    opens: int | None


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role in the index: its other names and the articles on it."""

    name: str
    names: tuple[str, ...]
    articles: tuple[Article, ...]


def reader_routes(assistant: Answers, approvals: Approvals, pages: Pages) -> APIRouter:
    """Return the routes /articles, /articles/{id} and /roles."""
    router = APIRouter(include_in_schema=False)
    _add_list(router, assistant, pages)
    _add_article(router, assistant, approvals, pages)
    _add_roles(router, assistant, pages)
    return router


def _add_list(router: APIRouter, assistant: Answers, pages: Pages) -> None:
    @router.api_route("/articles", methods=["GET", "HEAD"])
    def articles(request: Request, text: str = "", role: str = "", topic: str = "", page: str = "") -> HTMLResponse:
        library = assistant.library
        wish = Wish(text.strip()[:LONGEST_TEXT], role, topic)
        found = find_articles(library, wish)
        count = max(1, math.ceil(len(found) / ON_A_PAGE))
        place = min(count, *(sentence_numbers(page) or {1}))
        asked = {name: value for name, value in (("text", wish.text), ("role", role), ("topic", topic)) if value}
        here = found[(place - 1) * ON_A_PAGE : place * ON_A_PAGE]
        return pages.draw(
            request, "articles.html", wish=wish, searched=bool(asked), total=len(found), place=place, pages=count,
            found=[_entry(one) for one in here], article_count=len(library.articles), roles=library.roles(),
            topics=topics_of(library.articles.values()), longest_text=LONGEST_TEXT,
            address_of=lambda number: urlencode({**asked, "page": number}),
        )  # fmt: skip


def _add_article(router: APIRouter, assistant: Answers, approvals: Approvals, pages: Pages) -> None:
    @router.api_route("/articles/{article_id}", methods=["GET", "HEAD"])
    def article(request: Request, article_id: str, cited: str = "", numbers: str = "") -> HTMLResponse:
        library = assistant.library
        found = library.articles.get(article_id)
        if found is None:
            return pages.missing(request, "article", len(library.articles))
        parts = tuple(parts_of(found))
        marked = sorted(sentence_numbers(cited) & {sentence.number for sentence in found.sentences()})
        link, host = web_address(found.source)
        return pages.draw(
            request, "article.html", article=found, parts=parts, contents=contents_of(found, parts), cited=marked,
            cited_text=",".join(map(str, marked)), numbered=numbers == "1", link=link, link_host=host,
            questions=questions_about(found), approved=approvals.citing(found.id),
            other=library.articles.get(found.disagrees_with or ""), findings=check_article(found, library),
        )  # fmt: skip


def _add_roles(router: APIRouter, assistant: Answers, pages: Pages) -> None:
    @router.api_route("/roles", methods=["GET", "HEAD"])
    def roles(request: Request) -> HTMLResponse:
        library = assistant.library
        letters: defaultdict[str, list[RoleEntry]] = defaultdict(list)
        for entry in _role_entries(library):
            letters[entry.name[:1].upper()].append(entry)
        return pages.draw(request, "roles.html", letters=dict(letters), role_count=len(library.roles()))


def sentence_numbers(text: str) -> frozenset[int]:
    """Return the numbers in "3,7"; whatever is no number is passed over, for addresses are typed by hand too."""
    return frozenset(
        int(part)
        for part in text.split(",")
        if part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS and int(part)
    )


def web_address(source: str | None) -> tuple[str, str]:
    """Return an article's source as a link and the name of its host, or two empty texts when it is no web address."""
    try:
        parts = urlsplit(source or "")
        host = parts.hostname or ""
    except ValueError:  # brackets of an address that is none
        return "", ""
    return (str(source), host) if parts.scheme in {"http", "https"} and host else ("", "")


def _entry(found: Found) -> Entry:
    shown = tuple(_shown(found.article, snippet) for snippet in found.snippets)
    return Entry(found.article, shown, found.opens)


def _shown(article: Article, snippet: Snippet) -> Shown:
    quote = article.quote(snippet.sentence.span)
    pieces: list[tuple[str, bool]] = []
    place = 0
    for mark in snippet.marks:
        pieces += [(quote[place : mark.start], False), (quote[mark.start : mark.end], True)]
        place = mark.end
    return Shown(snippet.sentence.number, (*pieces, (quote[place:], False)))


def _role_entries(library: Library) -> list[RoleEntry]:
    known = library.catalogue.roles
    return [
        RoleEntry(name, known[name].aliases[:_NAMES_SHOWN] if name in known else (), library.about(name))
        for name in sorted(library.roles(), key=str.casefold)
    ]
