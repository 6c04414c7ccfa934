from __future__ import annotations

import importlib
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.evaluation.charts import draw_charts
from assistant.evaluation.errors import EvaluationError
from tests.assistant.evaluation.cases import record, trial

NAMES = ["risk-coverage.svg", "reliability.svg", "kinds.svg"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return draw_charts(record(), tmp_path_factory.mktemp("charts") / "new" / "folder")


def words(path: Path) -> list[str]:
    return [element.text or "" for element in ElementTree.parse(path).iter() if element.tag.endswith("}text")]


def test_three_charts_are_drawn_as_xml(drawn: tuple[Path, ...]) -> None:
    assert [path.name for path in drawn] == NAMES
    assert all(ElementTree.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg" for path in drawn)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (0, "all that is answered: 0.50"),
        (1, "share of questions that are answerable"),
        (2, "paraphrase (2)"),
        (2, "7 questions, split test, library split"),
    ],
)
def test_a_chart_says_what_it_shows(drawn: tuple[Path, ...], name: int, said: str) -> None:
    assert said in words(drawn[name])


def test_axes_start_at_zero(drawn: tuple[Path, ...]) -> None:
    assert [words(path).count("0.0") for path in drawn] == [2, 2, 1]  # kinds have no numbers on the other axis


def test_the_same_run_gives_the_same_files(drawn: tuple[Path, ...], tmp_path: Path) -> None:
    again = draw_charts(record(), tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in drawn]


def test_a_run_without_an_answer_can_be_drawn(tmp_path: Path) -> None:
    assert len(draw_charts(record(trial("a", 0.1)), tmp_path)) == len(NAMES)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EvaluationError, match="cannot be written"):
        draw_charts(record(), tmp_path / "file")


def test_without_matplotlib_the_command_to_install_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, draw_charts.__module__)
    with pytest.raises(EvaluationError, match=r"--charts needs matplotlib, .*python -m pip install 'matplotlib"):
        importlib.import_module(draw_charts.__module__)
