"""What several tests share. The index over the shipped articles takes most of a minute and is built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from assistant.chat import Assistant
from corpus.article import Article
from corpus.library import SHIPPED_ARTICLES, Library, load_library
from index.encoder import SentenceEncoder
from tests.figures import figure, pytest_configure
from tests.small import WordEncoder, assistant_of, library_of, write_pages

__all__ = ["figure", "pytest_configure"]

DATA = Path(__file__).parent / "data"
settings.register_profile("patient", deadline=None)  # a busy machine takes longer, which says nothing of the code
settings.load_profile("patient")


@pytest.fixture(scope="session")
def sentence_encoder() -> SentenceEncoder:
    """The bundled model, loaded once."""
    return SentenceEncoder()


@pytest.fixture(scope="session")
def shipped_library() -> Library:
    """The articles that come with the package."""
    return load_library([SHIPPED_ARTICLES])


def questions_about(article: Article, number: int) -> list[tuple[str, ...]]:
    """Return two questions about headings of an article, in forms that vary with its number."""
    first, second = article.roles[:2]
    headings = [section.heading for section in article.sections if section.heading]
    one, other = headings[number % len(headings)], headings[(7 * number + 3) % len(headings)]
    forms = (
        (f"How do the {first} and the {second} differ in “{one}”?",),
        (f"{one}: what does the {second.lower()} do?",),
        (f"Which of the two, {second} or {first}, has more to do with {other.lower()}?",),
        (f"Tell me about {other.lower()} of a {first}.", f"And the {second}?"),
        (f"Compare {first} and {second}",),
        (f"What does a {second} do?", "And the other one?", f"what about {one.lower()}"),
    )
    return [forms[number % len(forms)], forms[(number + 3) % len(forms)]]


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three short articles. Tests that change articles write their own."""
    return write_pages(tmp_path_factory.mktemp("small") / "articles")


@pytest.fixture(scope="session")
def small_library(small_folder: Path) -> Library:
    """The three short articles, read."""
    return load_library([small_folder])


@pytest.fixture(scope="session")
def small_assistant(small_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the three short articles, with an encoder that needs no model."""
    return assistant_of(small_library, tmp_path_factory.mktemp("small-index"))


@pytest.fixture
def word_encoder() -> WordEncoder:
    """A fresh encoder that notes what it embeds."""
    return WordEncoder()


@pytest.fixture
def own_library(tmp_path: Path) -> Library:
    """A copy of the three short articles in `tmp_path / "articles"` that a test may change."""
    return library_of(tmp_path / "articles")
