"""What an index was built from, and what is different now."""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from corpus.library import Library
from index.hits import SearchError
from index.manifest import FILE_NAME, FORMAT, Manifest

MADE = Manifest(FORMAT, "model-a", "1.5.9", "hash", {"one": "1", "two": "2"}, 40)


def test_a_manifest_fits_itself() -> None:
    assert MADE.differences(MADE) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": FORMAT + 1}, f"made in format {FORMAT}, now {FORMAT + 1}"),
        ({"model": "model-b"}, "made by the model model-a, now model-b"),
        ({"chroma": "2.0"}, "written by chromadb 1.5.9, now 2.0"),
        ({"articles": {"one": "1", "two": "changed"}}, "1 articles changed"),
        ({"articles": {"one": "1"}}, "1 articles changed"),
        ({"articles": {"one": "1", "two": "2", "three": "3"}}, "1 articles changed"),
        ({"chunks": 41}, "40 chunks, expected 41"),
    ],
)
def test_each_difference_is_named(change: dict[str, Any], said: str) -> None:
    assert MADE.differences(replace(MADE, **change)) == (said,)


def test_all_differences_are_named_together() -> None:
    other = Manifest(FORMAT, "model-b", "2.0", "hash", {"one": "1"}, 20)
    assert len(MADE.differences(other)) == 3


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    MADE.write(tmp_path)
    assert Manifest.read(tmp_path) == MADE


def test_one_that_does_not_say_whether_vectors_were_lost_is_read_as_before(tmp_path: Path) -> None:
    values = asdict(MADE)
    del values["lost"]
    seal = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    (tmp_path / FILE_NAME).write_text(json.dumps(values | {"sha256": seal}), encoding="utf-8")
    assert Manifest.read(tmp_path) == MADE


@pytest.mark.parametrize("content", ["", "no JSON", "[]", "null", '{"format": 1}'])
def test_what_is_no_manifest_is_refused_with_the_cure(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    with pytest.raises(SearchError, match=r"no readable manifest.*rolewise index build"):
        Manifest.read(tmp_path)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="no readable manifest"):
        Manifest.read(tmp_path)


def test_the_expected_manifest_knows_every_article(small_library: Library) -> None:
    expected = Manifest.expected(small_library, "model", "1.5", 12)
    assert set(expected.articles) == set(small_library.articles)
    assert expected.corpus_hash == small_library.content_hash()
