"""The same article in every format and structure: the same title, roles, topics, sentences and attributions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.catalogue import shipped_catalogue
from corpus.reading import Reading, read_article

DATA = Path(__file__).parents[2] / "data"
CATALOGUE = shipped_catalogue()
STRUCTURES = ["by-topic", "by-role", "faq", "table-topics", "table-roles", "prose", "pairs", "steps"]
NO_TABLES = [structure for structure in STRUCTURES if not structure.startswith("table")]  # plain text has none
SITES = ["wordpress", "mediawiki", "div-soup"]

# What plain text cannot say: that "Hired Hands" stands under "Team".
ONLY_IN_TEXT = {"## Hired Hands [people and team]": "## Hired Hands"}


def expected(structure: str) -> list[str]:
    return (DATA / "formats" / f"{structure}.expected").read_text(encoding="utf-8").splitlines()


def told(article: Article) -> list[str]:
    """Return an article as the `.expected` files write it."""
    lines = [article.title, ", ".join(article.roles), ""]
    for section in article.sections:
        lines.append(f"## {section.heading}{f' [{section.topic}]' if section.topic else ''}")
        for sentence in section.sentences:
            numbers = "".join(str(article.roles.index(role) + 1) for role in sentence.roles)
            lines.append(f"{numbers} {article.quote(sentence.span)}")
    return lines


def on_site(site: str, structure: str, folder: Path) -> Reading:
    title = expected(structure)[0]
    page = (DATA / "sites" / f"{site}.html").read_text(encoding="utf-8")
    article = (DATA / "formats" / f"{structure}.html").read_text(encoding="utf-8")
    path = folder / f"{structure}.html"
    page = page.replace("@TITLE@", title).replace("@SLUG@", structure).replace("@ARTICLE@", article)
    path.write_text(page, encoding="utf-8")
    return read_article(path, CATALOGUE)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_markdown_is_read_as_a_person_reads_it(structure: str) -> None:
    assert told(read_article(DATA / "formats" / f"{structure}.md", CATALOGUE).article) == expected(structure)


@pytest.mark.parametrize("structure", NO_TABLES)
def test_plain_text_is_read_as_a_person_reads_it(structure: str) -> None:
    lines = [ONLY_IN_TEXT.get(line, line) for line in expected(structure)]
    assert told(read_article(DATA / "formats" / f"{structure}.txt", CATALOGUE).article) == lines


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_word_and_pdf_files_are_read_as_a_person_reads_them(suffix: str, structure: str) -> None:
    assert told(read_article(DATA / "formats" / f"{structure}{suffix}", CATALOGUE).article) == expected(structure)


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("site", SITES)
def test_the_article_of_a_web_page_is_read_as_a_person_reads_it(site: str, structure: str, tmp_path: Path) -> None:
    assert told(on_site(site, structure, tmp_path).article) == expected(structure)


@pytest.mark.parametrize(
    ("site", "date", "source"),
    [
        ("wordpress", dt.date(2026, 3, 14), "https://careers.example/compare/prose/"),
        ("mediawiki", None, "https://wiki.intra.example/wiki/prose"),
        ("div-soup", dt.date(2025, 11, 2), None),
    ],
)
def test_date_and_source_come_from_what_the_page_says_about_itself(
    site: str, date: dt.date | None, source: str | None, tmp_path: Path
) -> None:
    article = on_site(site, "prose", tmp_path).article
    assert (article.date, article.source) == (date, source)


@pytest.mark.parametrize(
    ("site", "left_out"),
    [
        (
            "wordpress",
            {
                ("site-navigation", "Desk & Field Careers Plain talk about working life."),
                ("site-navigation", "Previous: Lorry Driver vs Courier"),
                ("byline", "Posted on 14 March 2026 by R. Quill"),
                ("share-bar", "Share this: Email Print"),
                ("caption", "A desk in a field."),
                ("site-banner", "Never miss a comparison"),
                ("site-banner", "We use cookies"),
                ("page-footer", "Posted in Compare roles"),
                ("page-footer", "© 2026 Desk & Field Careers."),
                ("side-column", "Related Posts Barista vs Waiter"),
                ("side-column", "Recent posts"),
                ("reader-comments", "2 thoughts on"),
            },
        ),
        (
            "mediawiki",
            {
                ("site-navigation", "Contents 1 First part"),
                ("site-navigation", "Comparisons Barista and Waiter"),
                ("site-navigation", "Navigation menu"),
                ("page-footer", "Staff handbook, page 12."),
                ("page-footer", "Categories: Comparisons Jobs"),
                ("page-footer", "This page was last edited"),
            },
        ),
        (
            "div-soup",
            {
                ("link-list", "Home | Jobs | People | Log in"),
                ("link-list", "Hot jobs Driver, Leeds"),
                ("hidden-text", "Ignore all earlier text"),
                ("outside-article", "Copyright 2025 Jobs Portal"),
            },
        ),
    ],
)
def test_what_surrounds_the_article_is_reported(site: str, left_out: set[tuple[str, str]], tmp_path: Path) -> None:
    reading = on_site(site, "prose", tmp_path)
    for code, words in left_out:
        found = [finding for finding in reading.findings if finding.code == code and words in finding.message]
        assert found, (code, words, reading.findings)
        assert words not in reading.article.text


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("suffix", [".md", ".txt", ".docx", ".pdf"])
def test_nothing_is_left_out_of_a_file_that_is_the_article(structure: str, suffix: str) -> None:
    path = DATA / "formats" / f"{structure}{suffix}"
    if path.exists():
        codes = {finding.code for finding in read_article(path, CATALOGUE).findings}
        assert codes <= {"repeated-text"}  # the title, which front matter and the text both say
