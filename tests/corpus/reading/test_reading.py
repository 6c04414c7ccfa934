"""Files in, articles out: the crawled page, pages of other wording, and files that hold no article."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.article import Article, CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.reading import LARGEST_FILE, Reading, article_id, read_article

CATALOGUE = shipped_catalogue()
CRAWLED = Path(__file__).parents[2] / "data" / "crawled-page.txt"

TEACHING = """The key differences between a Teacher and a School Counselor
Two people, one corridor. Here is how their days differ:
Purpose: A Teacher helps classes learn a subject. A School Counselor, by contrast, helps single pupils cope.
Daily Routine: Teachers follow a timetable. They teach up to six lessons. School Counselors keep open doors.
Team: Teachers work with their department. The School Counselor often works alone.
Documents: School Counselors keep confidential notes. Teachers keep marks.
All in all, each needs the other on a hard day.
The key differences between a Teacher and a School Principal Here is how their days differ: Purpose: A Teacher helps …
The key differences between a Librarian and an Archivist Books or boxes, one may ask. Scope: Librarians lend what …
Teacher vs School Counselor: Differences
The key differences between a Teacher and a School Counselor
Two people, one corridor. Here is how their days differ:
All in all, each needs the other on a hard day.
You might also like
Teacher vs School Principal: Differences
The key differences between a Teacher and a School Principal Here is how their days differ: Purpose: A Teacher helps …
Librarian vs Archivist: Differences
The key differences between a Librarian and an Archivist Books or boxes, one may ask. Scope: Librarians lend what …
"""

KITCHENS = """Head Chef vs Sous Chef: What Sets Them Apart
Hierarchy: Sous Chefs answer to Head Chefs... and to nobody else. Head Chefs answer to the owner.
Budget Control: Head Chefs set food costs. Sous Chefs keep to them.
Suppliers: The Head Chef picks suppliers (e.g. farms). The Sous Chef checks what they bring.
Both wear white, and both go home late.
Restaurant Manager or Executive Chef, who runs the house? The dining room belongs to the first one, who ...
Both wear white, and both go home late.
Related Articles
Restaurant Manager or Executive Chef, who runs the house? The dining room belongs to the first one, who ...
"""

NURSERIES = """Gardener vs Florist
They both love flowers. That is where it ends.
Place of Work and Reach: A Gardener works outdoors. A Florist works in a shop.
Customers: Florists meet many. Gardeners meet few.
They both love flowers. That is where it ends.
Comments
Lovely page, thank you for it.
"""

FIFTEEN = [
    "Scope of Responsibilities", "Strategic vs. Tactical", "Interdepartmental Interaction", "Skill Set",
    "Performance Metrics", "Resource Allocation", "Budget Control", "Hierarchy", "Crisis Management",
    "Employee Management", "Customer Interaction", "Regulatory Compliance", "Technology Utilization",
    "Vendor Relations", "Career Path",
]  # fmt: skip


def read(folder: Path, text: str, name: str = "page.txt") -> Reading:
    path = folder / name
    path.write_bytes(text.encode())
    return read_article(path, CATALOGUE)


def quotes(article: Article) -> list[str]:
    return [article.quote(sentence.span) for sentence in article.sentences()]


@pytest.fixture(
    params=[
        # text of the page, roles, headings, teasers
        (CRAWLED.read_text(encoding="utf-8"), {"Production Manager", "Operations Manager"}, FIFTEEN, 4),
        (TEACHING, {"Teacher", "School Counselor"}, ["Purpose", "Daily Routine", "Team", "Documents"], 2),
        (KITCHENS, {"Head Chef", "Sous Chef"}, ["Hierarchy", "Budget Control", "Suppliers"], 1),
        (NURSERIES, {"Gardener", "Florist"}, ["Place of Work and Reach", "Customers"], 0),
    ],
    ids=["crawled", "teaching", "kitchens", "nurseries"],
)
def page(request: pytest.FixtureRequest) -> tuple[str, set[str], list[str], int]:
    return request.param  # type: ignore[no-any-return]


class TestACrawledPage:
    """One article, two roles, its topics, every text once, no teasers."""

    def test_compares_two_roles(self, tmp_path: Path, page: tuple[str, set[str], list[str], int]) -> None:
        text, roles, _, _ = page
        article = read(tmp_path, text).article
        assert set(article.roles) == roles
        assert len(article.roles) == 2
        assert article.title == text.splitlines()[0]

    def test_has_its_headings_in_order_and_a_topic_for_each(
        self, tmp_path: Path, page: tuple[str, set[str], list[str], int]
    ) -> None:
        text, _, headings, _ = page
        sections = [section for section in read(tmp_path, text).article.sections if section.heading]
        assert [section.heading for section in sections] == headings
        assert all(section.topic for section in sections)
        assert len({section.topic for section in sections}) == len(headings)

    def test_speaks_of_both_roles_under_every_heading(
        self, tmp_path: Path, page: tuple[str, set[str], list[str], int]
    ) -> None:
        text, roles, _, _ = page
        for section in read(tmp_path, text).article.sections:
            assert {role for sentence in section.sentences for role in sentence.roles} == roles

    def test_says_everything_once(self, tmp_path: Path, page: tuple[str, set[str], list[str], int]) -> None:
        text, _, _, _ = page
        reading = read(tmp_path, text)
        assert max(Counter(quotes(reading.article)).values()) == 1
        assert all(reading.article.text.count(quote) == 1 for quote in quotes(reading.article))
        assert "repeated-text" in {finding.code for finding in reading.findings}

    def test_reports_every_teaser_once_and_cites_none(
        self, tmp_path: Path, page: tuple[str, set[str], list[str], int]
    ) -> None:
        text, _, _, number = page
        teasers = {line for line in text.splitlines() if line.endswith(("…", "..."))}
        assert len(teasers) == number
        reading = read(tmp_path, text)
        found = [finding for finding in reading.findings if finding.code == "truncated-teaser"]
        assert len(found) == number
        for teaser in teasers:
            assert any(teaser[:60] in finding.message for finding in found)
            assert teaser not in reading.article.text
            assert teaser.rstrip("…. ")[-45:] not in reading.article.text  # its opening may be the page's own

    def test_leaves_out_the_related_posts(self, tmp_path: Path, page: tuple[str, set[str], list[str], int]) -> None:
        text, _, _, _ = page
        reading = read(tmp_path, text)
        assert "related-posts" in {finding.code for finding in reading.findings}
        for line in re.split(r"^(?:Related \w+|You might also like|Comments)$", text, flags=re.M)[1].splitlines():
            assert not line or line not in reading.article.text

    def test_is_cited_word_for_word(self, tmp_path: Path, page: tuple[str, set[str], list[str], int]) -> None:
        text, _, _, _ = page
        article = read(tmp_path, text).article
        assert all(quote in text and quote == quote.strip() for quote in quotes(article))
        assert all(article.text[s.span.start : s.span.end] == article.quote(s.span) for s in article.sentences())

    def test_loses_no_sentence_of_its_own(self, tmp_path: Path, page: tuple[str, set[str], list[str], int]) -> None:
        text, _, headings, _ = page
        article = read(tmp_path, text).article
        for heading in headings:
            (line,) = [line for line in text.splitlines() if line.startswith(f"{heading}: ")]
            assert line in article.text
            (section,) = [section for section in article.sections if section.heading == heading]
            assert f"{heading}: " + " ".join(article.quote(s.span) for s in section.sentences) == line


def test_the_words_after_the_last_topic_belong_to_no_topic(tmp_path: Path) -> None:
    last = read(tmp_path, TEACHING).article.sections[-1]
    assert (last.heading, last.topic, len(last.sentences)) == ("", None, 1)


def test_text_never_contains_markup(tmp_path: Path) -> None:
    markdown = (
        "---\ntitle: Recruiter vs HR Manager\nroles: [Recruiter, HR Manager]\n---\n\n# Recruiter vs HR Manager\n\n"
        "A **Recruiter** _calls_ [people](http://x.y).\n\n## `Budget`\n\n- The *HR Manager* pays.\n1. ten\n\n"
        "> Quoted &amp; <i>cited</i>.\n\n![picture](a.png)\n\n```\ncode\n```\n\n<div>raw</div>\n\n"
        "| Topic | Recruiter | HR Manager |\n|---|---|---|\n| **Team** | `none` | *ten* |\n"
    )
    article = read(tmp_path, markdown, "page.md").article
    assert article.text == (
        "Recruiter vs HR Manager\n\nA Recruiter calls people.\n\nBudget\nThe HR Manager pays.\nten\n\n"
        "Quoted & cited.\n\nnone\n\nten"
    )


@pytest.mark.parametrize(
    ("prefix", "ends"),
    [
        ("", "\r\n"),  # Windows
        ("", "\r"),  # old Macintosh
        ("\ufeff", "\n"),  # a byte order mark
        ("\ufeff", "\r\n"),  # both
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.txt"])
def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path, name: str, prefix: str, ends: str) -> None:
    text = "Recruiter vs HR Manager\n\nBudget: Recruiters save. They do.\n\n- HR Managers\n- pay\n"
    if name.endswith("md"):
        text = f"---\ntitle: T\nroles: [Recruiter, HR Manager]\n---\n\n# {text}"
    plain = read(tmp_path, text, name).article
    assert read(tmp_path, prefix + text.replace("\n", ends), name).article == plain
    assert "\r" not in plain.text
    assert "\ufeff" not in plain.text


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Chef vs Cook.md", "chef-vs-cook"),  # spaces and capitals
        ("chef_vs__cook.txt", "chef-vs-cook"),  # underscores
        ("Café & Bar.md", "cafe-bar"),  # accents and signs
        ("v1.2 final.md", "v1-2-final"),  # a full stop inside
        ("管理.md", "article"),  # nothing that a slug can hold
    ],
)
def test_the_id_of_an_article_is_the_slug_of_its_file_name(name: str, identifier: str) -> None:
    assert article_id(Path("/some/folder") / name) == identifier


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("page.odt", b"PK", "files ending in .odt are not read. Use one of .md, .markdown, .txt"),  # another format
        ("page", b"One.", "files ending in nothing are not read"),  # no suffix
        ("page.md", b"\xff\xfe\x00", "is not valid UTF-16-LE"),  # other bytes
        ("page.md", b"a\x00b", "holds binary data"),  # binary data
        ("page.md", b" ", "there is no text in it"),  # nothing
        ("page.md", b"x" * (LARGEST_FILE[".md"] + 1), "the limit is 5,000,000"),  # too much
    ],
)
def test_a_file_without_an_article_is_an_error_that_names_it(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        read_article(tmp_path / name, CATALOGUE)
    assert str(tmp_path / name) in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize("name", ["gone.md", "folder.md"])
def test_what_cannot_be_opened_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(CorpusError, match=rf"{name}: cannot be read"):
        read_article(tmp_path / name, CATALOGUE)
