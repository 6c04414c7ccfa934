"""What the command `python -m index.training` makes, and what it says when it cannot."""

import hashlib
from pathlib import Path

import pytest

from corpus.library import SHIPPED_ARTICLES, Library, article_files
from index.ranker import RANKER
from index.training import __main__ as command
from index.training.base import TrainingError
from index.training.examples import TrainingSet


def made(_data: TrainingSet, _scratch: Path, target: Path) -> None:
    target.mkdir(parents=True)
    (target / "model.onnx").write_bytes(b"weights")
    if target.name == "encoder":
        (target / "tokenizer.json").write_bytes(b"weights")


@pytest.fixture(autouse=True)
def gathered_once(monkeypatch: pytest.MonkeyPatch, shipped_library: Library, everything: TrainingSet) -> None:
    """The shipped articles and their questions are read once for all these tests."""
    libraries, sets = {SHIPPED_ARTICLES: shipped_library}, {shipped_library.content_hash(): everything}
    monkeypatch.setattr(command, "load_library", lambda folders: libraries[folders[0]])
    monkeypatch.setattr(command, "training_set", lambda library, _bank: sets[library.content_hash()])


@pytest.mark.parametrize(
    ("option", "files"),
    [
        ([], ["encoder/model.onnx", "encoder/tokenizer.json", "ranker/model.onnx"]),
        (["--known-only"], []),
        (["--ranker-only"], ["ranker/model.onnx"]),
    ],
)
def test_the_command_makes_what_is_asked_for_and_writes_its_sums(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: list[str], files: list[str]
) -> None:
    read: list[tuple[int, Path]] = []
    monkeypatch.setattr(command, "make_encoder", made)
    monkeypatch.setattr(command, "make_ranker", made)
    monkeypatch.setattr(command, "make_known", lambda library, encoder: read.append((len(library.articles), encoder)))
    monkeypatch.setattr("sys.argv", ["training", "--target", str(tmp_path), *option])
    command.main()
    shipped = sum(1 for _ in article_files(SHIPPED_ARTICLES))
    assert read == [(shipped, tmp_path / "encoder")]
    digest = hashlib.sha256(b"weights").hexdigest()
    assert (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines() == [f"{digest}  {file}" for file in files]


def test_the_command_says_what_is_missing_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise TrainingError("The package onnx is not installed.")

    monkeypatch.setattr(command, "make_encoder", fail)
    monkeypatch.setattr("sys.argv", ["training", "--target", str(tmp_path)])
    with pytest.raises(SystemExit, match="The package onnx is not installed"):
        command.main()
    assert not list(tmp_path.iterdir())


def test_a_ranker_without_an_encoder_beside_it_is_not_trained(data: TrainingSet, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="Leave out --ranker-only"):
        command.make_ranker(data, tmp_path, tmp_path / RANKER)
