"""Three short articles: an assistant over them, and the command `rolewise` run in this process, each indexed once."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import cli
from assistant.chat import Assistant
from assistant.question import QuestionReader
from corpus.library import Library
from index.build import build_index
from index.encoder import SentenceEncoder
from index.ranker import shipped_ranker
from index.search import Searcher


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def data_folder(model_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that commands share, with the index of the three short articles in it."""
    return Path(shutil.copytree(model_data, tmp_path_factory.mktemp("cli") / "data"))


@pytest.fixture
def rolewise(
    small_folder: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run the command with arguments; settings are given by keyword (`articles=...` sets ROLEWISE_ARTICLES)."""

    def run(*arguments: object, **settings: object) -> Ran:
        chosen = {"articles": small_folder, "data": data_folder, **settings}
        for name in [name for name in os.environ if name.startswith("ROLEWISE_")]:
            monkeypatch.delenv(name)
        for name, value in chosen.items():
            monkeypatch.setenv(f"ROLEWISE_{name.upper()}", str(value))
        monkeypatch.setattr("sys.argv", ["rolewise", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended, ThreadPoolExecutor(1) as thread:
            thread.submit(cli.main).result()  # in this thread a browser of other tests may have a loop of events
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="session")
def model_data(
    small_library: Library, sentence_encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A data folder with one generation of the three short articles, made with the bundled model. Nobody changes it."""
    data = tmp_path_factory.mktemp("model-data")
    build_index(data / "index", small_library, sentence_encoder)
    return data


@pytest.fixture
def own_data(model_data: Path, tmp_path: Path) -> Path:
    """A copy of it in `tmp_path / "data"` that a test may change: to read sentences with the model takes seconds."""
    return Path(shutil.copytree(model_data, tmp_path / "data"))


@pytest.fixture(scope="session")
def searcher(model_data: Path, sentence_encoder: SentenceEncoder) -> Searcher:
    """An index of the three short articles, made with the bundled model."""
    return Searcher.open(model_data / "index" / "generation-0001", sentence_encoder)


@pytest.fixture(scope="session")
def model_assistant(small_library: Library, searcher: Searcher, sentence_encoder: SentenceEncoder) -> Assistant:
    """An assistant over the three short articles, with the models that come along."""
    return Assistant(small_library, searcher, ranker=shipped_ranker(sentence_encoder))


@pytest.fixture(scope="session")
def reader(small_library: Library) -> QuestionReader:
    """Reads questions with the names of the three short articles."""
    return QuestionReader(small_library)


def assert_one_line_with_a_cure(ran: Ran, status: int, says: str) -> None:
    assert ran.status == status
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert says in " ".join(re.sub(r"[│╭╮╰╯─]", " ", ran.err).split())  # wrong usage is drawn in a box
