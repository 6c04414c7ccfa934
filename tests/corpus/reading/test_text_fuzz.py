"""Bytes that nobody meant, in every format of text: an article comes out, or one clear error; nothing else."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.reading import READERS, read_content
from corpus.sentences import split_sentences
from tests.corpus.reading.exact import assert_exact

DATA = Path(__file__).parents[2] / "data"
CATALOGUE = shipped_catalogue()
GOOD = "# Beekeeper vs Shepherd\n\nThe Beekeeper keeps bees. The Shepherd keeps sheep.\n"
PIECES = [
    b"<div>", b"</div>", b"<!--", b"-->", b"<table>", b"<td>", b"<script>", b"</script>", b"<b",
    b"'", b'"', b"\0", b"\xff",
    b"\xe2\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\n\n", b"---\n", b"| a | b |\n", b"**", b"`", b"- ",
    b"> " * 50, b"[" * 50,
    b"&#x110000;", b"&nbsp;", "\u2028\u202e\U0001f469\u200d".encode(), b"\xed\xa0\x80",
    b"vs ", b"Q: ", b"...", b"\xe2\x80\xa6",
    b"<meta charset=utf-7>", b"<svg><style>", b"<template>", b"<select><option>", b"</p></body></html>",
    b"1. ", b"%PDF-", b"PK\x03\x04",
]  # fmt: skip


def fixtures() -> list[tuple[str, bytes]]:
    files = sorted([*(DATA / "formats").iterdir(), *(DATA / "sites").iterdir(), *(DATA / "structures").iterdir()])
    suffixes = {*READERS} - {".docx", ".pdf"}  # which test_office_fuzz.py changes
    return [(file.suffix, file.read_bytes()) for file in files if file.suffix in suffixes]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Cut, repeat, overwrite and insert at some places."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at, size = chance.randrange(len(changed) + 1), chance.randint(0, 40)
        kind = chance.randrange(4)
        if kind == 0:
            del changed[at : at + size]
        elif kind == 1:
            changed[at:at] = changed[at : at + size] * chance.randint(1, 5)
        elif kind == 2:
            changed[at : at + size] = chance.randbytes(size)
        else:
            changed[at:at] = chance.choice(PIECES) * chance.randint(1, 5)
    return bytes(changed)


def assert_read_or_refused(suffix: str, content: bytes) -> bool:
    """Read bytes; say whether an article came out. Whatever is no CorpusError fails the test."""
    try:
        article = read_content(Path(f"any{suffix}"), content, CATALOGUE).article
    except CorpusError:
        return False
    assert_exact(article)
    return True


def fuzz(rounds: int, seed: int) -> tuple[int, int]:
    chance = random.Random(seed)
    files = fixtures()
    read = sum(
        assert_read_or_refused(suffix, mutated(content, chance)) for suffix, content in chance.choices(files, k=rounds)
    )
    return read, rounds - read


def test_hundreds_of_mutated_fixtures_are_read_or_refused() -> None:
    read, refused = fuzz(300, seed=1)
    assert read > 50
    assert refused > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_mutated_fixtures_are_read_or_refused(seed: int) -> None:
    began = time.monotonic()
    read, refused = fuzz(1_500, seed=100 + seed)
    assert read + refused == 1_500
    assert time.monotonic() - began < 300


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    suffix=st.sampled_from(sorted(READERS)), parts=st.lists(st.one_of(st.binary(max_size=30), st.sampled_from(PIECES)))
)
def test_any_bytes_are_read_or_refused(suffix: str, parts: list[bytes]) -> None:
    assert_read_or_refused(suffix, b"".join(parts))


@given(
    st.lists(
        st.one_of(st.text(max_size=40), st.sampled_from(["e.g. ", "Ph.D. ", "approx. ", ". ", "? ", "…", " \u00a0"]))
    )
)
def test_sentences_tile_their_text(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for span in split_sentences(text):
        assert text[end : span.start].strip() == ""
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end
    assert text[end:].strip() == ""


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=30)))
def test_between_the_sentences_of_a_section_stand_only_white_space_and_labels(lines: list[str]) -> None:
    content = "\n".join([GOOD, *(f"## Part\n\n{line}\n" for line in lines)]).encode()
    try:
        article = read_content(Path("any.md"), content, CATALOGUE).article
    except CorpusError:
        return
    headings = {word for section in article.sections for word in [section.heading, article.title]}
    rest = article.text
    for sentence in reversed(list(article.sentences())):
        rest = rest[: sentence.span.start] + rest[sentence.span.end :]
    between = [line.strip().removesuffix(":") for line in rest.splitlines()]
    assert all(not line or line in headings or line == "Part" or not _says(line) for line in between), between


def _says(line: str) -> bool:
    """Say whether a line holds a word: a heading with nothing under it may be anything."""
    return False if line.startswith("#") else any(character.isalnum() for character in line) and len(line) > 60
