"""The JSON side: the articles that answers are taken from, with the text that citations count in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.web.answers import Answers
from assistant.web.api_errors import AbsentError, open_to_head, problems
from assistant.web.article_search import Wish, find_articles, topics_of
from assistant.web.objects import ArticleList, ArticleObject, ArticlesWanted
from corpus.article import Article, Section


def article_data_routes(assistant: Answers) -> APIRouter:
    """Return the routes under /api/articles."""
    router = APIRouter(tags=["Articles"])

    @router.get(
        "/api/articles",
        summary="List the articles",
        response_model=ArticleList,
        responses={200: {"description": "Those that fit"}, **problems(422)},
    )
    def articles(wanted: Annotated[ArticlesWanted, Query()]) -> dict[str, Any]:
        """List articles, in order of their ids; with `text`, those that fit best come first."""
        library = assistant.library
        found = [one.article for one in find_articles(library, Wish(wanted.text, wanted.role, wanted.topic))]
        if not wanted.text:
            found.sort(key=lambda article: article.id)
        here = found[wanted.offset : wanted.offset + wanted.limit]
        return {
            "total": len(found),
            "offset": wanted.offset,
            "limit": wanted.limit,
            "articles": [_entry(article) for article in here],
        }

    @router.get(
        "/api/articles/{article_id}",
        summary="Read an article",
        response_model=ArticleObject,
        responses={200: {"description": "The article"}, **problems(404)},
    )
    def article(article_id: str) -> dict[str, Any]:
        """Return the canonical text of an article and where its sentences stand: `text[start:end] == quote`."""
        found = assistant.library.articles.get(article_id)
        if found is None:
            raise AbsentError("There is no such article. GET /api/articles lists those that there are.")
        sections = [_section(found, section) for section in found.sections]
        return {**_entry(found), "text": found.text, "sections": sections, "disagrees_with": found.disagrees_with}

    return open_to_head(router)


def _entry(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "roles": list(article.roles),
        "topics": list(topics_of([article])),
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "sentences": sum(1 for _ in article.sentences()),
        "url": f"/articles/{article.id}",
    }


def _section(article: Article, section: Section) -> dict[str, Any]:
    sentences = [
        {
            "number": sentence.number,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "quote": article.quote(sentence.span),
            "roles": list(sentence.roles),
            "url": f"/articles/{article.id}#s{sentence.number}",
        }
        for sentence in section.sentences
    ]
    return {"heading": section.heading, "topic": section.topic, "sentences": sentences}
