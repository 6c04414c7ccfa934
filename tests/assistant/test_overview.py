"""Every topic of a comparison as a table, and what a role does."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Claim, Comparison
from assistant.overview import compare, compose, describe, in_common, sentence_about, treated_besides
from assistant.writer import ExtractiveWriter
from corpus.article import Article
from corpus.library import Library
from tests.assistant.pieces import BOTH, BUDGET, MONEY, SOFTWARE, TEAMS, evidence
from tests.small import KITCHEN, OPERATIONS, library_of

ROLES = ("Operations Manager", "Production Manager")
BAKERY = """---
title: Baker vs Butcher
roles: [Baker, Butcher]
---

Bread and meat.

## Dough

The Baker kneads.

## Shared Shop

Both serve guests.

## Silence

## Conclusion

The Baker bakes. The Butcher cuts.
"""


@pytest.fixture(scope="module")
def article(small_library: Library) -> Article:
    return small_library.articles[OPERATIONS]


@pytest.fixture
def bakery(tmp_path: Path) -> Article:
    return library_of(tmp_path, {"baker-vs-butcher": BAKERY}).articles["baker-vs-butcher"]


def cells(claims: tuple[Claim, ...], table: Comparison) -> dict[str, list[str | None]]:
    texts: dict[int | None, str | None] = dict(enumerate(claim.text for claim in claims))
    return {row.heading: [texts[cell] if cell is not None else None for cell in row.cells] for row in table.rows}


def test_every_topic_has_a_row_with_a_sentence_for_each_role(small_library: Library) -> None:
    kitchen = small_library.articles[KITCHEN]
    claims, table = compare(kitchen, kitchen.roles, ExtractiveWriter())
    assert table.roles == kitchen.roles
    assert list(cells(claims, table)) == ["Menu", "Team", "Suppliers"]
    for row in table.rows:
        assert [claims[cell].roles for cell in row.cells if cell is not None] == [("Head Chef",), ("Sous Chef",)]


def test_the_columns_stand_in_the_order_asked_for(article: Article) -> None:
    claims, table = compare(article, ROLES[::-1], ExtractiveWriter())
    assert table.roles == ROLES[::-1]
    for row in table.rows:
        for role, cell in zip(table.roles, row.cells, strict=True):
            assert cell is None or claims[cell].roles == (role,)


def test_a_cell_of_which_the_article_says_nothing_stays_empty(article: Article) -> None:
    claims, table = compare(article, ROLES, ExtractiveWriter())
    assert cells(claims, table)["Technology"] == [
        "The Operations Manager chooses the software for every department.",
        None,
    ]


def test_every_claim_stands_in_one_cell(article: Article) -> None:
    claims, table = compare(article, ROLES, ExtractiveWriter())
    used = [cell for row in table.rows for cell in row.cells if cell is not None]
    assert used == list(range(len(claims)))


def test_lead_conclusion_and_empty_topics_get_no_row(bakery: Article) -> None:
    claims, table = compare(bakery, bakery.roles, ExtractiveWriter())
    assert cells(claims, table) == {
        "Dough": ["The Baker kneads.", None],
        "Shared Shop": ["Both serve guests."] * 2,
    }


def test_a_topic_that_says_nothing_of_the_roles_asked_for_gets_no_row(article: Article) -> None:
    _, table = compare(article, ROLES[1:], ExtractiveWriter())
    assert [row.heading for row in table.rows] == ["Budget", "Team", "Career"]


def test_a_sentence_about_both_is_said_of_each(bakery: Article) -> None:
    claims, _ = compare(bakery, bakery.roles, ExtractiveWriter())
    assert [claim.roles for claim in claims if claim.text == "Both serve guests."] == [("Baker",), ("Butcher",)]


def test_a_sentence_about_the_role_alone_comes_before_one_about_both(small_library: Library) -> None:
    both, larger, money = (evidence(small_library, words) for words in (BOTH, BUDGET, MONEY))
    assert sentence_about(both.article, both.section, ROLES[0]) == larger.sentence
    assert sentence_about(both.article, both.section, ROLES[1]) == money.sentence
    assert sentence_about(both.article, both.section, "Head Chef") is None


def test_a_role_is_described_by_the_first_two_topics(small_library: Library, article: Article) -> None:
    expected = [evidence(small_library, words).sentence for words in (BUDGET, TEAMS)]
    assert [item.sentence for item in describe(article, ROLES[0])] == expected


def test_a_role_of_another_article_is_not_described(article: Article) -> None:
    assert describe(article, "Head Chef") == ()


def test_a_topic_that_says_nothing_of_the_role_is_passed_over(small_library: Library) -> None:
    software = evidence(small_library, SOFTWARE)
    assert sentence_about(software.article, software.section, ROLES[1]) is None


def test_a_question_that_the_author_puts_is_passed_over(tmp_path: Path) -> None:
    asked = BAKERY.replace("The Baker kneads.", "What does the Baker knead? The Baker kneads rye.")
    (read,) = library_of(tmp_path, {"baker-vs-butcher": asked}).articles.values()
    first, *_ = compare(read, read.roles, ExtractiveWriter())[0]
    assert first.text == "The Baker kneads rye."


@pytest.mark.parametrize(
    ("first", "chosen"),
    [
        ("Oddly enough, the Baker moves nothing.", False),  # goes on, and only says what is not done
        ("The Baker has far less to do with them.", False),  # with whom?
        ("By contrast, the Baker rises early.", False),
        ("Rye is the usual flour.", False),  # does not say whose
        ("The Baker never sells meat.", False),
        ("The Baker feeds the ovens and sweeps them.", True),  # what it points to stands before it
        ("Those who wake early meet the Baker.", False),
        ("At night the Baker lights the oven.", True),
    ],
)
def test_a_sentence_that_stands_alone_is_preferred(tmp_path: Path, first: str, chosen: bool) -> None:
    page = BAKERY.replace("The Baker kneads.", f"### Baker\n\n{first} The Baker kneads rye.")
    (read,) = library_of(tmp_path, {"baker-vs-butcher": page}).articles.values()
    section = next(one for one in read.sections if one.sentences and "kneads" in read.quote(one.sentences[-1].span))
    sentence = sentence_about(read, section, "Baker")
    assert sentence is not None
    assert read.quote(sentence.span) == (first if chosen else "The Baker kneads rye.")


@pytest.mark.parametrize(
    ("said", "shared"),
    [
        ("Both serve guests.", True),
        ("Both serve guests, but on different days.", True),
        ("While the Baker rests, both shops stay open.", False),  # set against each other from the start
        ("Neither the Baker nor the Butcher works on Sunday.", True),
        ("The Baker sells bread to the Butcher.", False),
    ],
)
def test_what_roles_have_in_common_is_what_is_said_of_them_as_one(tmp_path: Path, said: str, shared: bool) -> None:
    page = BAKERY.replace("Both serve guests.", said)
    (read,) = library_of(tmp_path, {"baker-vs-butcher": page}).articles.values()
    assert [read.quote(item.sentence.span) for item in in_common(read, read.roles)] == ([said] if shared else [])


def test_roles_that_no_article_compares_are_compared_topic_by_topic(small_library: Library) -> None:
    claims, table = compose(small_library, ["Production Manager", "Sous Chef"], ExtractiveWriter())
    assert list(cells(claims, table)) == ["People and team"]  # the one topic that both are spoken of
    assert all(len(row.cells) == 2 for row in table.rows)
    assert {citation.article.id for claim in claims for citation in claim.citations} == {OPERATIONS, KITCHEN}


def test_in_a_composed_comparison_every_claim_is_about_the_role_of_its_column(small_library: Library) -> None:
    claims, table = compose(small_library, ["Operations Manager", "Office Manager", "Head Chef"], ExtractiveWriter())
    for row in table.rows:
        for role, cell in zip(table.roles, row.cells, strict=True):
            assert cell is None or claims[cell].roles == (role,)


def test_topics_that_have_no_counterpart_are_told_apart_from_the_comparison(small_library: Library) -> None:
    besides = treated_besides(small_library, ["Production Manager", "Sous Chef"])
    assert besides["Production Manager"] == ("budget and money", "career")
    assert "people and team" not in besides["Sous Chef"]
