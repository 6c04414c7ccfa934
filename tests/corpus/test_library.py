"""The set of articles in use: the shipped ones, folders that replace them, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import CorpusError
from corpus.check import check_library
from corpus.library import Library, article_files, load_library

PAIR = "operations-manager-vs-production-manager"
BEES = "# Beekeeper vs Shepherd\n\nThe Beekeeper keeps bees. The Shepherd keeps sheep.\n"
FIFTEEN_TOPICS = {
    "scope", "strategy and planning horizon", "cooperation with departments", "skills", "measures of success",
    "resources", "budget and money", "rank and reporting", "crises", "people and team", "customers and clients",
    "compliance and law", "technology and tools", "suppliers and vendors", "career",
}  # fmt: skip


def write(folder: Path, name: str, text: str = BEES) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_library_loads_without_problems_or_findings(shipped_library: Library) -> None:
    assert len(shipped_library.articles) >= 58
    assert shipped_library.problems == ()
    assert check_library(shipped_library) == ()


def test_every_shipped_article_compares_two_roles_and_is_cited_exactly(shipped_library: Library) -> None:
    for name, article in shipped_library.articles.items():
        assert article.id == name
        assert len(article.roles) == 2
        assert [sentence.number for sentence in article.sentences()] == list(range(1, len([*article.sentences()]) + 1))
        assert all(article.quote(s.span) == article.quote(s.span).strip() != "" for s in article.sentences())
        assert all(set(s.roles) <= set(article.roles) and s.roles for s in article.sentences())


def test_the_operations_family_pair_keeps_its_fifteen_topics(shipped_library: Library) -> None:
    article = shipped_library.articles[PAIR]
    assert article.roles == ("Operations Manager", "Production Manager")
    topics = [section.topic for section in article.sections if section.topic and section.topic != "summary"]
    assert set(topics) == FIFTEEN_TOPICS
    assert len(topics) == 15


def test_each_of_the_fifteen_topics_speaks_of_both_roles(shipped_library: Library) -> None:
    article = shipped_library.articles[PAIR]
    for section in article.sections:
        if section.topic:
            assert {role for sentence in section.sentences for role in sentence.roles} == set(article.roles), section


def test_a_library_knows_its_roles_and_the_articles_about_each(shipped_library: Library) -> None:
    assert shipped_library.roles() == tuple(sorted(shipped_library.roles()))
    assert "Operations Manager" in shipped_library.roles()
    assert PAIR in [article.id for article in shipped_library.about("Production Manager")]
    assert shipped_library.about("Beekeeper") == ()


def test_a_missing_folder_is_an_error_that_names_it_and_the_cure(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere is no folder\. Set ROLEWISE_ARTICLES"):
        load_library([tmp_path / "nowhere"])


def test_a_file_in_place_of_a_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"a\.md is no folder"):
        load_library([write(tmp_path, "a.md")])


def test_an_empty_folder_is_an_error_that_says_how_to_add_an_article(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="rolewise articles add FILE") as caught:
        load_library([tmp_path])
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mixed.md", "# Café vs Bar\n".encode() + b"caf\xe9", "mixes UTF-8 with another encoding (line 2"),  # pasted
        ("odd.md", b"\xff\xfe#", "is not valid UTF-16-LE (line 1"),  # breaks off inside a character
        ("image.md", b"\x89PNG\r\n\x1a\n\x00\x00", "is a PNG picture by its first bytes"),  # an image
        ("nul.txt", b"Beekeeper vs Shepherd\x00\n", "holds binary data"),  # binary data that happens to decode
        ("empty.md", b"", "there is no text in it"),  # nothing
        ("blank.txt", b" \n\n\t\n", "there is no text in it"),  # white space
        ("title.md", b"# Beekeeper vs Shepherd\n", "there is no text in it"),  # a title alone
        ("yaml.md", b"---\ntitle: [\n---\nText.", "front matter is not valid YAML"),  # front matter that breaks off
        ("list.md", b"---\n- a\n---\nText.", "front matter is not a list of"),  # front matter without names
        ("date.md", b"---\ndate: soon\n---\nText.", "front matter has the date 'soon'"),  # no date
        ("one.md", b"# Beekeeper\n\nThe Beekeeper keeps bees.\n", "a comparison needs two roles"),  # one role
        ("one-role.md", b"---\nroles: [Recruiter]\n---\nText.", "found: Recruiter"),  # one role in the front matter
    ],
)
def test_a_bad_file_is_one_problem_that_names_it_and_does_not_stop_the_others(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    write(tmp_path, "good.md")
    (tmp_path / name).write_bytes(content)
    library = load_library([tmp_path])
    assert list(library.articles) == ["good"]
    (problem,) = library.problems
    assert str(tmp_path / name) in problem
    assert reason in problem
    assert "\n" not in problem


def test_a_folder_of_bad_files_only_is_an_error_that_says_why(tmp_path: Path) -> None:
    write(tmp_path, "one.md", "# Beekeeper\n\nThe Beekeeper keeps bees.\n")
    with pytest.raises(CorpusError, match="a comparison needs two roles"):
        load_library([tmp_path])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("bees.md", "bees.txt"),  # another format
        ("Bees.md", "bees.md"),  # another case
        ("bees and sheep.md", "bees-and-sheep.md"),  # other separators
        ("x/bees.md", "y/bees.md"),  # another folder
    ],
)
def test_two_files_with_one_id_are_an_error_that_names_both(tmp_path: Path, first: str, second: str) -> None:
    write(tmp_path, first)
    write(tmp_path, second)
    library = load_library([tmp_path])
    assert len(library.articles) == 1
    (problem,) = library.problems
    assert str(tmp_path / first) in problem
    assert str(tmp_path / second) in problem
    assert "Rename one" in problem


def test_a_later_folder_replaces_an_article_by_its_id(tmp_path: Path) -> None:
    write(tmp_path / "shipped", "bees.md")
    own = write(tmp_path / "own", "bees.txt", "Beekeeper vs Shepherd\nThe Beekeeper keeps wasps.\n")
    library = load_library([tmp_path / "shipped", tmp_path / "own"])
    assert "wasps" in library.articles["bees"].text
    assert library.paths["bees"] == own
    assert library.problems == ()


def test_findings_of_a_replaced_article_are_gone(tmp_path: Path) -> None:
    write(tmp_path / "shipped", "bees.md", BEES + "\nMore about …\n")
    write(tmp_path / "own", "bees.md")
    assert load_library([tmp_path / "shipped", tmp_path / "own"]).findings == ()


def test_single_files_are_read_beside_folders(tmp_path: Path) -> None:
    write(tmp_path / "folder", "bees.md")
    other = write(tmp_path, "goats.md", BEES.replace("Beekeeper", "Goatherd"))
    library = load_library([tmp_path / "folder"], [other, tmp_path / "gone.md"])
    assert list(library.articles) == ["bees", "goats"]
    assert "gone.md: cannot be read" in library.problems[0]


def test_hidden_files_readmes_and_other_formats_are_no_articles(tmp_path: Path) -> None:
    for name in (".hidden.md", "README.md", "notes.odt", "picture.png", "b.markdown", "A.MD", "sub/c.txt"):
        write(tmp_path, name)
    assert sorted(path.name for path in article_files(tmp_path)) == ["A.MD", "b.markdown", "c.txt"]


def test_a_library_knows_roles_that_only_its_own_articles_name(tmp_path: Path) -> None:
    write(tmp_path, "bees.md")
    library = load_library([tmp_path])
    assert library.roles() == ("Beekeeper", "Shepherd")
    assert [mention.roles for mention in library.catalogue.find_roles("shepherds")] == [("Shepherd",)]


def test_the_content_hash_follows_the_articles_and_not_their_place(tmp_path: Path) -> None:
    write(tmp_path / "one", "bees.md")
    write(tmp_path / "two" / "deeper", "bees.md")
    write(tmp_path / "three", "bees.md", BEES.replace("sheep", "goats"))
    write(tmp_path / "four", "wasps.md")
    hashes = [load_library([tmp_path / name]).content_hash() for name in ("one", "two", "three", "four")]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
