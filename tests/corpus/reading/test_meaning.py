"""Headings, tables, wrapped lines and repetitions are read as people mean them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article, CorpusError, Section, Sentence, Span
from corpus.catalogue import shipped_catalogue
from corpus.library import article_files
from corpus.reading import read_content
from corpus.reading.titles import roles_in_title
from corpus.role_finder import RoleFinder, names_of
from corpus.sentences import split_sentences
from corpus.words import forms

CATALOGUE = shipped_catalogue()


def told(text: str, name: str = "any.md") -> list[tuple[str, str | None, str, str]]:
    """Return heading, topic, words and roles of every sentence of an article on Recruiter and HR Manager."""
    article = read_content(Path(name), f"# Recruiter vs HR Manager\n\n{text}".encode(), CATALOGUE).article
    short = {"Recruiter": "R", "HR Manager": "H"}
    return [
        (section.heading, section.topic, article.quote(s.span), "".join(short[role] for role in s.roles))
        for section in article.sections
        for s in section.sentences
    ]


BUDGET = "budget and money"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a heading that names one role belongs to the topic above it
        ("## Budget\n\n### Recruiter\n\nSmall.\n\n### The HR Managers\n\nLarge.\n",
         [("Budget", BUDGET, "Small.", "R"), ("Budget", BUDGET, "Large.", "H")]),
        # a topic under a role is about the role
        ("## Recruiter\n\n### Budget\n\nSmall.\n", [("Budget", BUDGET, "Small.", "R")]),
        # another role under it counts where a sentence opens with it, not where one mentions it
        ("## Recruiter\n\nThey pay the HR Manager's phone bill. The HR Manager thanks them.\n",
         [("Recruiter", None, "They pay the HR Manager's phone bill.", "R"),
          ("Recruiter", None, "The HR Manager thanks them.", "RH")]),
        # a heading without a topic has that of the heading above
        ("## Budget\n\n### Surprises\n\nBoth have some.\n", [("Surprises", BUDGET, "Both have some.", "RH")]),
        # the title over everything speaks for nobody
        ("## One\n\nBoth.\n\n# Budget\n\nNone.\n", [("One", None, "Both.", "RH"), ("Budget", BUDGET, "None.", "RH")]),
        # a table whose first column is a side
        ("| Recruiter | HR Manager |\n|---|---|\n| small | large |\n",
         [("", None, "small", "R"), ("", None, "large", "H")]),
        # rows are topics
        ("| | Recruiter | HR Manager |\n|---|---|---|\n| Budget | small | large |\n",
         [("Budget", BUDGET, "small", "R"), ("Budget", BUDGET, "large", "H")]),
        # rows are roles
        ("| | Budget |\n|---|---|\n| Recruiter | small |\n| HR Manager | large |\n",
         [("Budget", BUDGET, "small", "R"), ("Budget", BUDGET, "large", "H")]),
        # a topic that stands once for two rows
        ("| | Recruiter | HR Manager |\n|---|---|---|\n| Budget | small | large |\n| | short | long |\n",
         [("Budget", BUDGET, "small", "R"), ("Budget", BUDGET, "large", "H"),
          ("Budget", BUDGET, "short", "R"), ("Budget", BUDGET, "long", "H")]),
        # a blank in the column of a side
        ("| Recruiter | HR Manager |\n|---|---|\n| small | large |\n| | huge |\n",
         [("", None, "small", "R"), ("", None, "large", "H"), ("", None, "huge", "H")]),
        # what follows a table stands under the heading again
        ("## Budget\n\n| | Recruiter |\n|---|---|\n| Team | ten |\n\nThat is all.\n",
         [("Team", "people and team", "ten", "R"), ("Budget", BUDGET, "That is all.", "RH")]),
        # what is struck through is withdrawn
        ("The Recruiter ~~sings~~ calls.\n", [("", None, "The Recruiter calls.", "R")]),
        # a list stands under the line above it, which says nothing alone; items under the one they are nested in
        ("The HR Manager:\n\n- plans with the Recruiter\n- pays\n\nA Recruiter calls.\n",
         [("", None, "plans with the Recruiter", "H"), ("", None, "pays", "H"),
          ("", None, "A Recruiter calls.", "R")]),
        ("## Budget\n\nIt is small for both. A Recruiter pays for:\n\n1. calls,\n2. and stamps.\n",
         [("Budget", BUDGET, "It is small for both.", "RH"), ("Budget", BUDGET, "calls,", "R"),
          ("Budget", BUDGET, "and stamps.", "R")]),
        ("- The Recruiter\n  - calls\n- The HR Manager\n  - pays\n    - late\n",
         [("", None, "The Recruiter", "R"), ("", None, "calls", "R"), ("", None, "The HR Manager", "H"),
          ("", None, "pays", "H"), ("", None, "late", "H")]),
        # a line in bold is a heading, one that opens in bold has a label
        ("**Budget**\n\nThe Recruiter saves.\n", [("Budget", BUDGET, "The Recruiter saves.", "R")]),
        ("**Budget:** The Recruiter saves.\n", [("Budget", BUDGET, "The Recruiter saves.", "R")]),
        # non-breaking spaces and combining characters stay as written
        ("The Recruiter\u00a0pays 5\u202f% at a cafe\u0301.\n",
         [("", None, "The Recruiter\u00a0pays 5\u202f% at a cafe\u0301.", "R")]),
    ],
)  # fmt: skip
def test_markdown_is_read_as_people_mean_it(text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    assert told(text) == expected


def lines(text: str) -> list[str]:
    article = read_content(Path("any.txt"), f"Recruiter vs HR Manager\n\n{text}".encode(), CATALOGUE).article
    return [article.quote(sentence.span) for sentence in article.sentences()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # wrapped at a width
        ("The Recruiter calls people all day and writes to them in\nthe evening, when the office is quiet and "
         "the last\nvisitor has gone home.\n\nThe end.\n",
         ["The Recruiter calls people all day and writes to them in the evening, when the office is quiet and the "
          "last visitor has gone home.", "The end."]),
        # an item that goes on further in, in a text that is wrapped and in one that is not
        ("The HR Manager signs whatever costs more than a thousand euros, and\n"
         "keeps the list.\n\n  * The Recruiter is asked first, because\n    nobody else knows.\n  * Both agree.\n",
         ["The HR Manager signs whatever costs more than a thousand euros, and keeps the list.",
          "The Recruiter is asked first, because nobody else knows.", "Both agree."]),
        ("1. The Recruiter calls\n   in the evening.\n2. The HR Manager pays.\nThe end.\n",
         ["The Recruiter calls in the evening.", "The HR Manager pays.", "The end."]),
        # not wrapped: a line is a paragraph
        ("The Recruiter calls.\nThe HR Manager pays.\n", ["The Recruiter calls.", "The HR Manager pays."]),
        # rules are no text
        ("One.\n-----\n* * *\n~~~\nTwo.\n", ["One.", "Two."]),
        # a teaser in the middle, in a list and in a paragraph of its own
        ("One.\nRecruiter vs Chef, a comparison of two jobs. A Chef …\nTwo.\n- three\n- A Chef cooks for …\n",
         ["One.", "Two.", "three"]),
        # questions with marks
        ("Q: Who calls?\nA: The Recruiter.\nQ: Who pays?\nA: The HR Manager.\n", ["The Recruiter.", "The HR Manager."]),
        # one question alone is a figure of speech
        ("Who calls?\nThe Recruiter.\n", ["Who calls?", "The Recruiter."]),
    ],
)  # fmt: skip
def test_plain_text_is_read_as_people_mean_it(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_a_heading_that_stands_twice_with_nothing_new_under_it_is_kept_once() -> None:
    text = "## Budget\n\n## Budget\n\nSmall.\n\n## Team\n\n### Recruiter\n\nTen.\n\n## Pay\n\n### Recruiter\n\nGood.\n"
    assert [(heading, words, roles) for heading, _, words, roles in told(text)] == [
        ("Budget", "Small.", "RH"), ("Team", "Ten.", "R"), ("Pay", "Good.", "R"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Difference between a Health and Safety Manager and a Quality Manager",
         ("Health and Safety Manager", "Quality Manager")),  # "and" inside a name
        ("Chef vs Cook in Large Kitchens", ("Chef", "Cook")),  # where they work
        ("Chef vs Cook Compared", ("Chef", "Cook")),
        ("Chef vs Cook Side by Side", ("Chef", "Cook")),
        ("Tester vs Engineer in Test", ("Tester", "Engineer in Test")),  # a part of the name
        ("Chef  vs \n Cook", ("Chef", "Cook")),  # wide white space
    ],
)  # fmt: skip
def test_titles_end_where_the_name_does(title: str, roles: tuple[str, ...]) -> None:
    assert roles_in_title(title) == roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She has an M.Sc. He has none.", ["She has an M.Sc.", "He has none."]),  # an end that looks like none
        ("An M.Sc. or a Ph.D. helps.", ["An M.Sc. or a Ph.D. helps."]),
        ("It costs approx. 40 € incl. tax. Fine.", ["It costs approx. 40 € incl. tax.", "Fine."]),
        ("Tools, e.g. Excel, i.e. tables. More.", ["Tools, e.g. Excel, i.e. tables.", "More."]),
    ],
)
def test_abbreviations_end_no_sentence_unless_they_do(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in split_sentences(text)] == expected


def test_initials_with_dots_are_initials_and_times_are_times() -> None:
    assert forms("The C.E.O. and the V.P.s meet") == ("the", "ceo", "and", "the", "vp", "meet")
    assert "pm" not in forms("at 5 P.M.")


def test_a_short_name_after_a_possessive_is_found_and_after_a_kind_is_not() -> None:
    finder = RoleFinder(names_of([("Nurse", ())]), [("nurse",)])
    assert len(finder.find("the clinic's nurse")) == 1
    assert finder.find("a dental nurse") == ()


def test_the_name_of_a_role_may_end_in_a_full_stop() -> None:
    assert CATALOGUE.canonical_role("recruiters.") == "Recruiter"


@pytest.mark.parametrize(
    ("sentences", "reason"),
    [
        ([Sentence(1, Span(0, 4), ("A",)), Sentence(2, Span(3, 5), ("A",))], "before the end of the one before it"),
        ([Sentence(1, Span(0, 9), ("A",))], "after the text"),
        ([Sentence(1, Span(0, 4), ("C",))], "is about C, which the article does not compare"),
    ],
)
def test_an_article_with_wrong_sentences_cannot_be_built(sentences: list[Sentence], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Article("a", "A vs B", "One. Two", ("A", "B"), (Section("", None, tuple(sentences)),))


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CorpusError, match="is no folder"):
        list(article_files(tmp_path / "file"))
