"""What `rolewise evaluate` does: check what it was given, ask, then keep, print and draw what is wanted.

A module of its own because scipy and scikit-learn are slow to import, and no other command needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from assistant.evaluation.bench import Bench, run
from assistant.evaluation.comparison import compare, comparison_text
from assistant.evaluation.errors import EvaluationError
from assistant.evaluation.record import Record, read_record, write_record
from assistant.evaluation.report import readme_table, text_report, worst
from assistant.evaluation.selection import Choice, rounds
from assistant.settings import Settings
from assistant.wiring import say
from corpus.article import CorpusError
from corpus.bank import BankQuestion, load_bank
from corpus.library import SHIPPED_ARTICLES, load_library
from index.encoder import SentenceEncoder


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is done with a run: `json` keeps it, `charts` draws it, `compare` names an earlier one, and so on."""

    json: Path | None = None
    charts: Path | None = None
    compare: Path | None = None
    worst: int = 0
    readme: bool = False


def perform(choice: Choice, wanted: Wanted, settings: Settings, questions: Path, jobs: int) -> Iterator[str]:
    """Ask the questions chosen and yield the blocks to print. What can fail for other reasons fails before."""
    if wanted.charts:
        from assistant.evaluation.charts import draw_charts  # noqa: PLC0415 - matplotlib may be left out
    if wanted.json and not wanted.json.parent.is_dir():
        raise EvaluationError(f"{wanted.json.parent} is no folder. Make it, or name another file for --json.")
    earlier = read_record(wanted.compare) if wanted.compare else None
    record = evaluated(choice, settings, _bank(questions), jobs)
    if wanted.json:
        write_record(record, wanted.json)
    yield readme_table(record) if wanted.readme else text_report(record)
    if earlier:
        yield comparison_text(compare(earlier, record))
    if wanted.worst:
        yield worst(record.trials, wanted.worst)
    if wanted.charts:
        say(f"Drawn: {', '.join(str(path) for path in draw_charts(record, wanted.charts))}")


def evaluated(choice: Choice, settings: Settings, bank: tuple[BankQuestion, ...], jobs: int) -> Record:
    """Ask the questions chosen; the keeper's own articles are left out, so that every machine measures the same."""
    folder = settings.articles or SHIPPED_ARTICLES
    present = load_library([folder])
    planned = rounds(choice, bank, tuple(present.articles))
    asked = sorted({name for one in planned for name in one.articles})
    say(f"Asking {sum(len(one.questions) for one in planned)} questions of {len(asked)} articles ...")
    bench = Bench(folder, settings.data / "evaluation", SentenceEncoder, settings.model, settings.ranker)
    return Record(
        choice=choice,
        version=metadata.version("rolewise"),
        encoder=SentenceEncoder(settings.model).name,
        articles={name: present.articles[name].content_hash() for name in asked},
        jobs=jobs,
        trials=run(bench, planned, jobs),
    )


def _bank(folder: Path) -> tuple[BankQuestion, ...]:
    bank = load_bank(folder)
    if not bank:
        raise CorpusError(f"No questions in {folder}. Give --questions a folder of JSON Lines files (*.jsonl).")
    return bank
