from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.web.article_search import Wish, find_articles, topics_of
from corpus.library import Library
from tests.small import KITCHEN, OFFICE, OPERATIONS


def ids(library: Library, text: str = "", role: str = "", topic: str = "") -> list[str]:
    return [found.article.id for found in find_articles(library, Wish(text, role, topic))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [KITCHEN, OFFICE, OPERATIONS]),
        ("kitchen brigadier", []),
        ("BRIGADE", [KITCHEN]),
        ("fishmonger", [KITCHEN]),  # the article has the plural
        ("budgets", [OFFICE, OPERATIONS]),  # and here the singular
        ("bud", [OFFICE, OPERATIONS]),  # the beginning of a word is enough
        ("organization", []),  # no "or"
        ("centre", []),
        ("udget", []),
        ("the of and", [KITCHEN, OFFICE, OPERATIONS]),  # words without content are passed over
        ("supplies furniture", [OFFICE]),
        ("furniture fishmongers", []),  # all words in one article
        ("sous chef", [KITCHEN]),
        ("ops mgr", [OPERATIONS]),
        ("exec assistant budget", [OFFICE]),
        ("operations manager and head chef", []),
        ("(z*", []),
        ("?!", [KITCHEN, OFFICE, OPERATIONS]),
    ],
)
def test_words_and_role_names_find_articles(small_library: Library, text: str, found: list[str]) -> None:
    assert sorted(ids(small_library, text)) == sorted(found)


def test_roles_and_topics_narrow_the_list_down(small_library: Library) -> None:
    assert ids(small_library, role="Sous Chef") == [KITCHEN]
    assert ids(small_library, role="Nobody") == []
    assert sorted(ids(small_library, topic="budget and money")) == sorted([OFFICE, OPERATIONS])
    assert ids(small_library, "machinists", topic="budget and money") == [OPERATIONS]
    (found,) = find_articles(small_library, Wish(role="Office Manager", topic="budget and money"))
    assert found.opens == 1


def test_articles_with_the_words_in_their_names_come_first(small_library: Library) -> None:
    assert ids(small_library, "team")[0] == OPERATIONS or len(ids(small_library, "team")) == 2
    assert ids(small_library, "chef team") == [KITCHEN]


def test_the_sentences_shown_have_the_words_and_say_where(small_library: Library) -> None:
    for found in find_articles(small_library, Wish("larger budget")):
        for snippet in found.snippets:
            quote = found.article.quote(snippet.sentence.span)
            marked = [quote[mark.start : mark.end].lower() for mark in snippet.marks]
            assert marked
            assert all(word.startswith(("larger", "budget")) for word in marked)
    (first, *_) = find_articles(small_library, Wish("larger budget"))
    assert first.article.quote(first.snippets[0].sentence.span).startswith("The Operations Manager holds the larger")


def test_topics_are_those_of_the_articles(small_library: Library) -> None:
    assert "budget and money" in topics_of(small_library.articles.values())
    assert topics_of([]) == ()


@settings(max_examples=60)
@given(text=some.text(max_size=60), role=some.text(max_size=10), topic=some.text(max_size=10))
def test_whatever_is_typed_narrows_and_never_breaks(small_library: Library, text: str, role: str, topic: str) -> None:
    assert set(ids(small_library, text, role, topic)) <= set(ids(small_library, text)) <= set(small_library.articles)
