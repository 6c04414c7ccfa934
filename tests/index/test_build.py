"""Generations of the index: built beside, published at once, never changed."""

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.library import Library, load_library
from index.build import (
    KEPT_GENERATIONS,
    BuildOptions,
    build_index,
    expected_manifest,
)
from index.generation import CURRENT, current_generation, stale
from index.hits import SearchError, Vectors
from index.parts import read_chunks
from index.search import Searcher
from tests.small import KITCHEN, OFFICE, PAGES, WordEncoder


class BrokenEncoder(WordEncoder):
    """An encoder whose model cannot be loaded."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        raise SearchError("The model cannot be loaded.")


def _generations(root: Path) -> list[str]:
    return sorted(path.name for path in root.glob("generation-*"))


def _changed(tmp_path: Path, name: str = KITCHEN, old: str = "each season", new: str = "twice a year") -> Library:
    """Change some words of an article on disk and read the library again."""
    path = tmp_path / "articles" / f"{name}.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return load_library([tmp_path / "articles"])


def test_the_first_build_embeds_every_sentence(own_library: Library, tmp_path: Path, word_encoder: WordEncoder) -> None:
    built = build_index(tmp_path / "index", own_library, word_encoder)
    sentences = sum(1 for article in own_library.articles.values() for _ in article.sentences())
    assert (built.chunks, built.embedded) == (sentences, sentences)
    assert built.folder == current_generation(tmp_path / "index")
    assert len(read_chunks(built.folder)) == sentences


def test_a_second_build_does_nothing(own_library: Library, tmp_path: Path, word_encoder: WordEncoder) -> None:
    first = build_index(tmp_path / "index", own_library, word_encoder)
    word_encoder.encoded.clear()
    second = build_index(tmp_path / "index", own_library, word_encoder)
    assert (second.folder, second.embedded, word_encoder.encoded) == (first.folder, 0, [])


def test_a_forced_build_makes_a_generation_without_embedding(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    first = build_index(tmp_path / "index", own_library, word_encoder)
    second = build_index(tmp_path / "index", own_library, word_encoder, BuildOptions(force=True))
    assert second.folder.name == "generation-0002" != first.folder.name
    assert second.embedded == 0


def test_a_changed_article_embeds_only_its_own_sentences(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    first = build_index(tmp_path / "index", own_library, word_encoder)
    word_encoder.encoded.clear()
    changed = _changed(tmp_path)
    assert stale(tmp_path / "index", expected_manifest(changed, word_encoder)) == ("1 articles changed",)
    second = build_index(tmp_path / "index", changed, word_encoder)
    embedded = [text for text in word_encoder.encoded if " | " in text]  # the others are asked, to see what is found
    assert embedded == ["Menu | Head Chef: The Head Chef writes the menu twice a year."]
    assert (second.chunks, second.embedded) == (first.chunks, 1)


def test_a_removed_article_leaves_the_index_without_embedding(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    build_index(tmp_path / "index", own_library, word_encoder)
    (tmp_path / "articles" / f"{OFFICE}.md").unlink()
    built = build_index(tmp_path / "index", load_library([tmp_path / "articles"]), word_encoder)
    assert built.embedded == 0
    assert OFFICE not in {chunk.article_id for chunk in read_chunks(built.folder)}


def test_an_index_grown_by_changes_finds_what_a_new_one_finds(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    build_index(tmp_path / "index", own_library, word_encoder)
    changed = _changed(tmp_path)
    grown = Searcher.open(build_index(tmp_path / "index", changed, word_encoder).folder, word_encoder)
    fresh = Searcher.open(build_index(tmp_path / "other", changed, word_encoder).folder, word_encoder)
    assert grown.search("who writes the menu") == fresh.search("who writes the menu")


def test_another_model_embeds_everything_again(own_library: Library, tmp_path: Path) -> None:
    first = build_index(tmp_path / "index", own_library, WordEncoder("model-a"))
    other = WordEncoder("model-b")
    assert stale(tmp_path / "index", expected_manifest(own_library, other)) == (
        "made by the model model-a, now model-b",
    )
    assert build_index(tmp_path / "index", own_library, other).embedded == first.chunks


def test_what_a_killed_build_left_behind_is_removed(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    left = tmp_path / "index" / "generation-0004.building"
    (left / "chroma").mkdir(parents=True)
    built = build_index(tmp_path / "index", own_library, word_encoder)
    assert _generations(tmp_path / "index") == [built.folder.name]


def test_old_generations_are_removed_but_the_last_three(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    for _ in range(KEPT_GENERATIONS + 2):
        build_index(tmp_path / "index", own_library, word_encoder, BuildOptions(force=True))
    assert _generations(tmp_path / "index") == ["generation-0003", "generation-0004", "generation-0005"]
    assert (tmp_path / "index" / CURRENT).read_text(encoding="utf-8") == "generation-0005"


def test_a_build_that_fails_leaves_the_old_index_in_use(own_library: Library, tmp_path: Path) -> None:
    first = build_index(tmp_path / "index", own_library, WordEncoder("model-a"))
    with pytest.raises(SearchError, match="cannot be loaded"):
        build_index(tmp_path / "index", own_library, BrokenEncoder("model-b"))
    assert current_generation(tmp_path / "index") == first.folder


def test_two_builds_at_once_make_one_generation(own_library: Library, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        builds = list(pool.map(lambda _: build_index(tmp_path / "index", own_library, WordEncoder()), range(2)))
    assert builds[0].folder == builds[1].folder
    assert _generations(tmp_path / "index") == ["generation-0001"]


def test_a_build_that_will_find_no_room_says_so_before_anything_is_embedded(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_index(tmp_path / "index", own_library, WordEncoder("model-a"))
    size = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: size._replace(free=8_100_000))
    with pytest.raises(SearchError, match=r"of 19 sentences needs 8 MB in .*, 8 MB are free\. Make room"):
        build_index(tmp_path / "index", own_library, word_encoder)
    assert word_encoder.encoded == []
    assert current_generation(tmp_path / "index") == first.folder
    assert _generations(tmp_path / "index") == [first.folder.name]


@pytest.mark.parametrize("file", ["index", "index/deeper"])
def test_a_folder_that_cannot_be_written_names_the_setting(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder, file: str
) -> None:
    (tmp_path / "index").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(SearchError, match=r"cannot be written to .*Set ROLEWISE_DATA"):
        build_index(tmp_path / file, own_library, word_encoder)


def test_an_index_that_was_never_built_is_stale(small_library: Library, tmp_path: Path) -> None:
    assert stale(tmp_path, expected_manifest(small_library, WordEncoder())) == ("there is none yet",)


def test_a_pointer_to_a_folder_that_is_gone_is_no_index(tmp_path: Path) -> None:
    (tmp_path / CURRENT).write_text("generation-0001", encoding="utf-8")
    assert current_generation(tmp_path) is None


@pytest.mark.parametrize("part", ["manifest.json", "chunks.json", "vectors.npy"])
def test_a_damaged_generation_is_built_again_as_a_whole(
    own_library: Library, tmp_path: Path, word_encoder: WordEncoder, part: str
) -> None:
    first = build_index(tmp_path / "index", own_library, word_encoder)
    (first.folder / part).write_bytes(b"damaged")
    second = build_index(tmp_path / "index", own_library, word_encoder, BuildOptions(force=True))
    assert second.embedded == first.chunks
    assert Searcher.open(second.folder, word_encoder).search("menu")


def test_chunks_that_cannot_be_read_name_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="rolewise index build"):
        read_chunks(tmp_path)


def test_the_pages_of_these_tests_are_all_in_use(small_library: Library) -> None:
    assert set(small_library.articles) == set(PAGES)
    assert small_library.problems == small_library.findings == ()
