"""Span and Article refuse the impossible, and the content hash notices whatever an answer depends on."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Section, Sentence, Span

TEXT = "Chef vs Cook\n\nThe Chef plans. The Cook cooks."
PLANS, COOKS = Span(14, 29), Span(30, 45)


def kitchen(**changes: object) -> Article:
    sentences = (Sentence(1, PLANS, ("Chef",)), Sentence(2, COOKS, ("Cook",)))
    article = Article("chef-vs-cook", "Chef vs Cook", TEXT, ("Chef", "Cook"), (Section("Work", None, sentences),))
    return replace(article, **changes)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (3, 3),  # empty
        (0, 0),  # empty at the beginning
        (4, 3),  # ends before it starts
        (-1, 3),  # starts before the text
        (-5, -2),  # counts from the end, as Python slices may
    ],
)
def test_a_span_refuses_the_impossible(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="Not a span"):
        Span(start, end)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_span_of_at_least_one_character_is_accepted(start: int, length: int) -> None:
    span = Span(start, start + length)
    assert span.end - span.start == length


def test_a_span_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(0, 1).end = 2  # type: ignore[misc]


def test_an_article_refuses_a_sentence_that_ends_after_its_text() -> None:
    with pytest.raises(ValueError, match="Sentence 2 of chef-vs-cook ends at 45, after the text"):
        kitchen(text=TEXT[:-1])


def test_a_quote_is_exactly_the_words_that_the_span_covers() -> None:
    assert [kitchen().quote(sentence.span) for sentence in kitchen().sentences()] == [
        "The Chef plans.",
        "The Cook cooks.",
    ]


def test_a_quote_counts_code_points_and_not_bytes() -> None:
    article = kitchen(text="👩‍🍳 é — cooks.", sections=())
    start = article.text.index("cooks")
    assert article.quote(Span(start, start + 6)) == "cooks."


def test_sentences_come_in_the_order_of_their_sections() -> None:
    sections = (
        Section("One", None, (Sentence(1, PLANS, ()),)),
        Section("Two", None, ()),
        Section("Three", None, (Sentence(2, COOKS, ()),)),
    )
    assert [sentence.number for sentence in kitchen(sections=sections).sentences()] == [1, 2]


def section(heading: str = "Work", topic: str | None = None, *, first: tuple[str, ...] = ("Chef",)) -> Section:
    return Section(heading, topic, (Sentence(1, PLANS, first), Sentence(2, COOKS, ("Cook",))))


@pytest.mark.parametrize(
    "changed",
    [
        kitchen(text=TEXT.replace("plans", "draws")),  # another word
        kitchen(text=TEXT + " "),  # one space more
        kitchen(title="Cook vs Chef"),  # the title
        kitchen(roles=("Cook", "Chef")),  # the order of the roles
        kitchen(sections=(section("Duties"),)),  # a heading
        kitchen(sections=(section(topic="daily work"),)),  # a topic
        kitchen(sections=(section(first=("Cook",)),)),  # attribution to another role
        kitchen(sections=(section(first=("Chef", "Cook")),)),  # attribution to one role more
        kitchen(sections=(Section("Work", None, (Sentence(1, PLANS, ("Chef",)),)),)),  # a sentence less
        kitchen(sections=(Section("Work", None, (Sentence(1, Span(14, 45), ("Chef",)),)),)),  # two sentences as one
        kitchen(date=dt.date(2026, 11, 23)),  # the date
    ],
)
def test_the_content_hash_changes_with_whatever_an_answer_depends_on(changed: Article) -> None:
    assert changed.content_hash() != kitchen().content_hash()


def test_the_content_hash_of_equal_articles_is_equal() -> None:
    assert kitchen().content_hash() == kitchen(sections=(section(),)).content_hash()
    assert len(kitchen().content_hash()) == 64
