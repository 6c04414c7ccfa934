"""A damaged generation is noticed before anything is answered from it, and the answer is right all the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.wiring import Index, open_fitting
from corpus.library import Library
from index.build import BuildOptions, build_index
from index.generation import CURRENT, read_pointer
from index.stores import LocalStores
from tests.figures import Note
from tests.small import OFFICE, PAGES, WordEncoder, library_of

QUESTION = "who holds the larger budget of several departments"
SENTENCE = "The Operations Manager holds the larger budget, which spans several departments."
FILES = [
    "manifest.json",
    "articles.json",
    "chunks.json",
    "vectors.npy",
    "keywords/data.csc.index.npy",
    "chroma/chroma.sqlite3",
    "chroma/*/header.bin",
]


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def delete(path: Path) -> None:
    path.unlink()


DAMAGES = [truncate, zero, flip, delete]
Damage = Callable[[Path], None]
Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def template(small_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generation 1 holds fewer articles, generation 2 is the one in use."""
    folder = tmp_path_factory.mktemp("damage")
    fewer = library_of(folder / "fewer", {name: page for name, page in PAGES.items() if name != OFFICE})
    build_index(folder / "index", fewer, WordEncoder())
    build_index(folder / "index", small_library, WordEncoder())
    return folder / "index"


@pytest.fixture(scope="module")
def twice(template: Path, small_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and a third generation of what the second holds."""
    root = shutil.copytree(template, tmp_path_factory.mktemp("twice") / "index")
    build_index(root, small_library, WordEncoder(), BuildOptions(force=True))
    return root


def damaged(template: Path, tmp_path: Path, file: str, damage: Damage) -> Path:
    """Copy the generations and damage a file of the one in use."""
    root = shutil.copytree(template, tmp_path / "index")
    pointer = read_pointer(root)
    assert pointer is not None
    (path,) = (root / pointer.name).glob(file)
    damage(path)
    return root


def answered(root: Path, library: Library) -> tuple[str, bool]:
    """Search and check what is found; return which generation it came from, and whether without Chroma."""
    opened = open_fitting(Index(root, WordEncoder(), LocalStores()), library)
    best = opened.searcher.search(QUESTION)[0].chunk
    opened.searcher.close()
    article = opened.library.articles[best.article_id]
    assert [article.quote(s.span) for s in article.sentences() if s.number == best.sentence] == [SENTENCE]
    assert opened.library.articles == library.articles
    return opened.generation, opened.exact


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", FILES)
def test_the_generation_before_serves_when_it_holds_the_same(
    twice: Path, small_library: Library, tmp_path: Path, capsys: Printed, file: str, damage: Damage, figure: Note
) -> None:
    root = damaged(twice, tmp_path, file, damage)
    found = answered(root, small_library)
    figure(f"damage: {damage.__name__} {file}", "noticed" if found[0] == "generation-0002" else "answered", "noticed")
    assert found == ("generation-0002", False)
    (line,) = capsys.readouterr().err.splitlines()
    assert "generation-0003" in line
    assert file.split("/")[-1].removesuffix(".json") in line
    assert "Answers come from generation-0002. Build it anew: rolewise index build" in line


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", FILES[-2:])
def test_without_one_our_own_vectors_serve_when_chroma_is_damaged(
    template: Path,
    small_library: Library,
    tmp_path: Path,
    capsys: Printed,
    file: str,
    damage: Damage,
) -> None:
    assert answered(damaged(template, tmp_path, file, damage), small_library) == ("generation-0002", True)
    assert "by exact search over generation-0002" in capsys.readouterr().err


@pytest.mark.parametrize(("file", "damage"), zip(FILES[:5], [*DAMAGES, truncate], strict=True))
def test_and_the_index_is_built_anew_when_the_files_of_record_are(
    template: Path,
    small_library: Library,
    tmp_path: Path,
    capsys: Printed,
    file: str,
    damage: Damage,
) -> None:
    assert answered(damaged(template, tmp_path, file, damage), small_library) == ("generation-0003", False)
    assert "Building the index" in capsys.readouterr().err


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_pointer_is_noticed(
    twice: Path, small_library: Library, tmp_path: Path, capsys: Printed, damage: Damage
) -> None:
    root = shutil.copytree(twice, tmp_path / "index")
    damage(root / CURRENT)
    assert answered(root, small_library) == ("generation-0003", False)
    assert "CURRENT is damaged" in capsys.readouterr().err


def test_an_index_that_cannot_be_refreshed_answers_with_the_articles_of_then(
    template: Path, tmp_path: Path, small_library: Library, capsys: Printed
) -> None:
    root = shutil.copytree(template, tmp_path / "index")
    (root / ".lock").unlink()
    (root / ".lock").mkdir()  # nobody can build here
    changed = library_of(tmp_path / "changed", {**PAGES, OFFICE: PAGES[OFFICE].replace("furniture", "plants")})
    opened = open_fitting(Index(root, WordEncoder(), LocalStores()), changed)
    assert opened.library.articles == small_library.articles
    assert "cannot be written" in capsys.readouterr().err.splitlines()[-1]
