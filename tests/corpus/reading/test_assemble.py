"""Blocks become an article: canonical text, sections, sentences with exact offsets and their roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.reading.assemble import assemble
from corpus.reading.blocks import Block, BlockKind, FrontMatter, Page
from corpus.reading.clean import clean
from corpus.reading.markdown import read_markdown
from corpus.reading.plain_text import read_plain_text

CATALOGUE = shipped_catalogue()
H, P, LI, C = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL
TITLE = Block(H, "Recruiter vs HR Manager", level=1)


def assembled(*blocks: Block, matter: FrontMatter | None = None) -> Article:
    return assemble("recruiter-vs-hr-manager", blocks, matter or FrontMatter(), CATALOGUE)


def quotes(article: Article) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    return {
        section.heading: [(article.quote(sentence.span), sentence.roles) for sentence in section.sentences]
        for section in article.sections
    }


def test_the_text_is_title_headings_and_paragraphs_with_one_line_for_each_item() -> None:
    article = assembled(TITLE, Block(P, "One. Two."), Block(H, "Budget"), Block(LI, "small"), Block(LI, "big"))
    assert article.text == "Recruiter vs HR Manager\n\nOne. Two.\n\nBudget\nsmall\nbig"


def test_a_quote_is_one_sentence_of_a_paragraph_an_item_or_a_cell() -> None:
    article = assembled(
        TITLE,
        Block(P, "One. Two."),
        Block(LI, "Three. Four."),
        Block(C, "Five. Six.", row="Budget", column="Recruiter"),
    )
    assert [article.quote(sentence.span) for sentence in article.sentences()] == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
        "Six.",
    ]


def test_the_columns_of_its_tables_say_whom_an_article_compares_when_no_title_does() -> None:
    rows = [Block(C, text, row=row, column=column) for row in ("Grade", "Hours")
            for column, text in (("Pool Supervisor", "EG 6"), ("Swimming Instructor", "EG 5"))]  # fmt: skip
    assert assembled(Block(H, "Delineation of posts", level=1), *rows).roles == (
        "Pool Supervisor",
        "Swimming Instructor",
    )


def test_a_heading_opens_a_section_with_its_topic() -> None:
    article = assembled(TITLE, Block(P, "One."), Block(H, "Budget"), Block(P, "Two."), Block(H, "Last Words"),
                        Block(P, "Three."))  # fmt: skip
    assert [(section.heading, section.topic) for section in article.sections] == [
        ("", None),
        ("Budget", "budget and money"),
        ("Last Words", None),
    ]


def test_a_label_opens_a_section_and_is_no_part_of_its_sentences() -> None:
    article = assembled(
        TITLE, Block(P, "Recruiters save. They do.", label="Budget"), Block(P, "In short, they differ.")
    )
    assert "\n\nBudget: Recruiters save. They do.\n\n" in article.text
    assert quotes(article) == {
        "Budget": [("Recruiters save.", ("Recruiter",)), ("They do.", ("Recruiter",))],
        "": [("In short, they differ.", ("Recruiter", "HR Manager"))],
    }


def test_a_cell_is_about_the_role_of_its_column_in_a_section_of_its_row() -> None:
    article = assembled(
        TITLE,
        Block(C, "small", row="Budget", column="Recruiter"),
        Block(C, "big", row="Budget", column="HR Managers"),
        Block(C, "ten", row="Team", column="HR Managers"),
    )
    assert quotes(article) == {
        "Budget": [("small", ("Recruiter",)), ("big", ("HR Manager",))],
        "Team": [("ten", ("HR Manager",))],
    }
    assert [section.topic for section in article.sections] == ["budget and money", "people and team"]


def test_sentences_are_numbered_through_the_article() -> None:
    article = assembled(TITLE, Block(P, "One. Two."), Block(H, "Budget"), Block(P, "Three."))
    assert [sentence.number for sentence in article.sentences()] == [1, 2, 3]


def test_a_heading_that_repeats_the_title_is_not_written_twice() -> None:
    article = assembled(TITLE, TITLE, Block(P, "One."))
    assert article.text.count("Recruiter vs HR Manager") == 1


@pytest.mark.parametrize(
    "heading", ["RECRUITER VS. HR MANAGER", "👥 Recruiter vs HR Manager", "Recruiter vs HR manager!"]
)
def test_a_heading_that_says_the_title_in_other_letters_is_the_title(heading: str) -> None:
    matter = FrontMatter(title="Recruiter vs HR Manager")
    article = assembled(Block(H, heading, level=1), Block(P, "One."), matter=matter)
    assert article.text == "Recruiter vs HR Manager\n\nOne."


def test_pictures_are_no_part_of_the_title() -> None:
    assert assembled(Block(P, "One."), matter=FrontMatter(title="🧭 Recruiter vs HR Manager")).title == TITLE.text


@pytest.mark.parametrize(
    ("matter", "title", "body", "roles"),
    [
        # the front matter says it
        (FrontMatter(roles=("Recruiter", "Teacher")), "Recruiter vs Chef", "One.", ("Recruiter", "Teacher")),
        # the title says it
        (FrontMatter(), "Recruiter vs HR Manager: Differences", "One.", ("Recruiter", "HR Manager")),
        # the title says it with other names
        (FrontMatter(), "Recruiters vs human resources managers", "One.", ("Recruiter", "HR Manager")),
        # the title joins two job titles
        (FrontMatter(), "Payroll Clerk and HR Officer: who does what", "One.", ("Payroll Clerk", "HR Officer")),
        # the title lists three, of which one is a known job title
        (FrontMatter(), "Bosun, Cook's Mate and Deck Officer",
         "The bosun calls a cook's mate. The bosun calls the cook's mate.", ("Bosun", "Cook's Mate", "Deck Officer")),
        # a list of other things beside a role is none of roles
        (FrontMatter(), "Recruiters, Pay and Rest", "Recruiters pay HR Managers.", ("Recruiter", "HR Manager")),
        # roles that no catalogue knows
        (FrontMatter(), "Beekeeper vs Shepherd", "One.", ("Beekeeper", "Shepherd")),
        # the title says nothing: the roles that the text names most
        (FrontMatter(), "Who does what", "Recruiters call. Recruiters write. HR Managers decide. HR Managers pay. CEO?",
         ("Recruiter", "HR Manager")),
        # one role, twice
        (FrontMatter(roles=("Recruiter", "Recruiters")), "T", "One.", ("Recruiter",)),
        # none
        (FrontMatter(), "A walk in the park", "One.", ()),
    ],
)  # fmt: skip
def test_the_roles_come_from_front_matter_title_or_text(
    matter: FrontMatter, title: str, body: str, roles: tuple[str, ...]
) -> None:
    assert assembled(Block(H, title, level=1), Block(P, body), matter=matter).roles == roles


def test_the_title_comes_from_front_matter_heading_or_file_name() -> None:
    body = Block(P, "One.")
    assert assembled(TITLE, body, matter=FrontMatter(title="Other")).title == "Other"
    assert assembled(Block(H, "Second", level=2), TITLE, body).title == TITLE.text
    assert assembled(Block(H, "Second", level=2), body).title == "Second"
    assert assembled(body).title == "recruiter vs hr manager"


PIECES = st.sampled_from(
    [
        "Operations Manager vs Production Manager", "The Production Manager plans.", "They wait…", "the latter",
        "Budget: ",
        "# ", "## ", "- ", "1. ", "> ", "| a | Recruiter |\n|---|---|\n| Team | ten. five. |\n", "---\n", "title: x\n",
        "roles: [a, b]\n", "```", "`", "**", "*", "_", "<b>", "<!-- ", "-->", "![p](q)", "[l](m)", "&amp;", "&#10;",
        "\\", "\n", "\n\n", "  \n", "\t", " ", "\u00a0", "\u2028", "\x0b", "🎉", "e\u0301", ". ", "! ", "? ", ": ",
        "...",
        "Related Posts\n", "e.g. ", "管理",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


@pytest.mark.parametrize("reader", [read_markdown, read_plain_text])
@given(text=TEXTS)
def test_any_text_becomes_an_article_with_exact_offsets_or_a_corpus_error(
    reader: Callable[[str], Page], text: str
) -> None:
    try:
        page = reader(text)
    except CorpusError:
        return
    article = assemble("any-text", clean(page.blocks)[0], page.front_matter, CATALOGUE)
    at = 0
    for number, sentence in enumerate(article.sentences(), start=1):
        assert sentence.number == number
        assert at <= sentence.span.start < sentence.span.end <= len(article.text)
        assert article.quote(sentence.span).strip()
        assert set(sentence.roles) <= set(article.roles)
        at = sentence.span.end
