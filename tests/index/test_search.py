"""One opened generation, searched by vectors and words."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.library import Library
from index.build import build_index
from index.encoder import SentenceEncoder
from index.hits import SearchError
from index.search import CANDIDATES, Searcher
from tests.small import KITCHEN, OFFICE, OPERATIONS, WordEncoder, library_of


@pytest.fixture(scope="module")
def generation(small_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_index(tmp_path_factory.mktemp("search"), small_library, WordEncoder()).folder


@pytest.fixture(scope="module")
def searcher(generation: Path) -> Searcher:
    return Searcher.open(generation, WordEncoder())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("larger budget of several departments", "holds the larger budget"),
        ("crew of machinists", "one crew of machinists"),
        ("who bargains with fishmongers", "bargains with fishmongers"),
        ("books travel", "books travel"),
    ],
)
def test_the_sentence_that_says_it_comes_first(searcher: Searcher, question: str, words: str) -> None:
    assert words in searcher.search(question)[0].chunk.text


def test_hits_come_best_first_within_bounds(searcher: Searcher) -> None:
    hits = searcher.search("who leads the team and holds the budget")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= hit.score <= 1 and -1 <= hit.similarity <= 1.00001 for hit in hits)
    assert len({hit.chunk.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("articles", [[OPERATIONS], [KITCHEN, OFFICE], (KITCHEN,)])
def test_within_articles_only_their_sentences_are_found_and_all_of_them(
    searcher: Searcher, small_library: Library, articles: list[str]
) -> None:
    found = [hit.chunk.id for hit in searcher.search("budget", articles)]
    every = [f"{name}#s{sentence.number}" for name in articles for sentence in small_library.articles[name].sentences()]
    assert sorted(found) == sorted(every)


def test_the_order_of_the_articles_given_changes_nothing(searcher: Searcher) -> None:
    assert searcher.search("team", [KITCHEN, OFFICE]) == searcher.search("team", [OFFICE, KITCHEN])


@pytest.mark.parametrize("articles", [[], ["no-such-article"]])
def test_within_no_articles_nothing_is_found(searcher: Searcher, articles: list[str]) -> None:
    assert searcher.search("budget", articles) == []


@pytest.mark.parametrize("limit", [1, 3])
def test_the_limit_is_kept(searcher: Searcher, limit: int) -> None:
    assert searcher.search("budget", limit=limit) == searcher.search("budget")[:limit]
    assert len(searcher.search("budget", limit=limit)) == limit


def test_the_same_question_finds_the_same_in_the_same_order(searcher: Searcher, generation: Path) -> None:
    again = Searcher.open(generation, WordEncoder())
    for question in ("budget", "team", "zebra", ""):
        assert searcher.search(question) == searcher.search(question) == again.search(question)


def test_of_equal_sentences_the_earlier_one_comes_first(tmp_path: Path) -> None:
    page = "---\ntitle: A Clerk vs B Clerk\nroles: [A Clerk, B Clerk]\n---\n\n## Desk\n\n- They sort.\n\n- They file.\n"
    library = library_of(tmp_path / "articles", {"a": page, "b": page})
    encoder = WordEncoder()
    hits = Searcher.open(build_index(tmp_path / "index", library, encoder).folder, encoder).search("zebra", ["a", "b"])
    assert [hit.chunk.id for hit in hits] == ["a#s1", "a#s2", "b#s1", "b#s2"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "no readable manifest"),
        (lambda folder: (folder / "vectors.npy").unlink(), r"vectors\.npy is damaged: No such file"),
        (lambda folder: (folder / "vectors.npy").write_bytes(b"no array"), r"vectors\.npy is damaged: it has 8 of"),
        (lambda folder: (folder / "chunks.json").write_text("[]"), r"chunks\.json is damaged: it has 2 of"),
        (lambda folder: shutil.rmtree(folder / "keywords"), r"keywords/\S+ is damaged"),
        (lambda folder: shutil.rmtree(folder / "chroma"), r"chroma/\S+ is damaged"),
    ],
)
def test_parts_that_are_missing_or_damaged_are_named(
    generation: Path, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    copy = shutil.copytree(generation, tmp_path / "copy")
    damage(copy)
    with pytest.raises(SearchError, match=said):
        Searcher.open(copy, WordEncoder())


def test_a_real_model_finds_meaning_without_shared_words(
    shipped_library: Library, sentence_encoder: SentenceEncoder, tmp_path: Path
) -> None:
    names = ("operations-manager-vs-production-manager", "paralegal-vs-legal-secretary")
    few = replace(shipped_library, articles={name: shipped_library.articles[name] for name in names})
    built = build_index(tmp_path / "index", few, sentence_encoder)
    searcher = Searcher.open(built.folder, sentence_encoder)
    hits = searcher.search("Who takes charge when the computers fail everywhere?", names[:1])
    assert "server failure" in hits[0].chunk.text


def test_all_articles_together_give_no_more_than_both_searches_propose(
    shipped_library: Library, tmp_path: Path
) -> None:
    some = replace(shipped_library, articles=dict(list(shipped_library.articles.items())[:12]))
    built = build_index(tmp_path / "index", some, WordEncoder())
    assert built.chunks > 4 * CANDIDATES
    hits = Searcher.open(built.folder, WordEncoder()).search("Who has the bigger budget?", limit=10_000)
    assert CANDIDATES <= len(hits) <= 2 * CANDIDATES
