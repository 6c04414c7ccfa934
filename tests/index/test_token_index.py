"""What an encoder says of tokens goes through the index: written, found, kept for the next generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.vectors import KeptVectors
from corpus.library import SHIPPED_ARTICLES, Library
from index.build import build_index
from index.encoder import SentenceEncoder
from index.hits import Encoder, Hit, Read, Tokens
from index.parts import read_parts
from index.ranker import InteractionRanker, shipped_ranker
from index.search import Searcher
from tests.small import KITCHEN, PAGES, WordEncoder, library_of

QUESTION = "Who writes the menu?"


class TokenEncoder(WordEncoder):
    """An encoder that tells as many tokens as a text has words, and which text they are of. It notes what it read."""

    def __init__(self) -> None:
        super().__init__("tokens-1")
        self.read_texts: list[str] = []

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        self.read_texts += texts
        return Read(self.encode(texts, progress=progress), tuple(map(told, texts)))


def told(text: str) -> Tokens:
    return np.full((len(text.split()), 4), len(text) % 100, dtype=np.int8)


def found(folder: Path, encoder: Encoder) -> list[Hit]:
    searcher = Searcher.open(folder, encoder)
    try:
        return searcher.search(QUESTION)
    finally:
        searcher.close()


def test_every_hit_brings_the_tokens_of_its_own_sentence(own_library: Library, tmp_path: Path) -> None:
    encoder = TokenEncoder()
    hits = found(build_index(tmp_path / "index", own_library, encoder).folder, encoder)
    assert len(hits) > 5
    for hit in hits:
        assert hit.tokens is not None
        assert np.array_equal(hit.tokens, told(hit.chunk.text)), hit.chunk.text


def test_only_a_changed_sentence_is_read_again_and_the_others_keep_their_tokens(tmp_path: Path) -> None:
    encoder, folder = TokenEncoder(), tmp_path / "articles"
    build_index(tmp_path / "index", library_of(folder), encoder)
    encoder.read_texts.clear()
    changed = {**PAGES, KITCHEN: PAGES[KITCHEN].replace("each season", "twice a year")}
    second = build_index(tmp_path / "index", library_of(folder, changed), encoder)
    assert encoder.read_texts == ["Menu | Head Chef: The Head Chef writes the menu twice a year."]
    for hit in found(second.folder, encoder):
        assert hit.tokens is not None
        assert np.array_equal(hit.tokens, told(hit.chunk.text)), hit.chunk.text


def test_of_an_encoder_that_tells_none_there_are_none(own_library: Library, tmp_path: Path) -> None:
    encoder = WordEncoder()
    folder = build_index(tmp_path / "index", own_library, encoder).folder
    assert not list(folder.glob("token*"))
    assert [hit.tokens for hit in found(folder, encoder)][:3] == [None] * 3


@pytest.mark.parametrize("name", ["tokens.npy", "token-ends.npy"])
def test_damaged_tokens_are_noticed(own_library: Library, tmp_path: Path, name: str) -> None:
    folder = build_index(tmp_path / "index", own_library, TokenEncoder()).folder
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(Exception, match=rf"{name} is damaged"):
        read_parts(folder)


def test_what_is_kept_for_evaluation_keeps_tokens_too(tmp_path: Path) -> None:
    encoder, texts = TokenEncoder(), ["one two three", "four", "five six"]
    KeptVectors(encoder, tmp_path).read(texts[:2])
    encoder.read_texts.clear()
    read = KeptVectors(encoder, tmp_path).read(texts)
    assert (encoder.read_texts, read.looked_up) == (texts[2:], 2)
    for text, tokens in zip(texts, read.tokens, strict=True):
        assert np.array_equal(tokens, told(text))


class Watched(SentenceEncoder):
    """The trained encoder; it notes what it is given to read."""

    def __init__(self) -> None:
        super().__init__()
        self.read_texts: list[str] = []

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        self.read_texts += texts
        return super().read(texts, progress=progress)


def test_only_what_the_encoder_really_reads_counts_as_embedded(tmp_path: Path) -> None:
    shipped = next(SHIPPED_ARTICLES.glob("*.md"))
    pages = {shipped.stem: shipped.read_text(encoding="utf-8"), KITCHEN: PAGES[KITCHEN]}
    built = build_index(tmp_path / "index", library_of(tmp_path / "articles", pages), SentenceEncoder())
    own = sum(chunk.article_id == KITCHEN for chunk in read_parts(built.folder).chunks)
    assert (own, built.chunks > own, built.embedded) == (6, True, own)


def test_the_ranker_reads_nothing_that_the_index_holds(own_library: Library, tmp_path: Path) -> None:
    encoder = Watched()
    ranker = shipped_ranker(encoder)
    assert isinstance(ranker, InteractionRanker)
    hits = found(build_index(tmp_path / "index", own_library, encoder).folder, encoder)
    encoder.read_texts.clear()
    assert ranker.relevance(QUESTION, hits).shape == (len(hits),)
    assert encoder.read_texts == []
