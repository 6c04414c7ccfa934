"""`rolewise evaluate`."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.evaluation.selection import Choice, LibraryChoice, rounds
from assistant.settings import Settings, read_settings
from assistant.wiring import say
from corpus.bank import SHIPPED_QUESTIONS, Kind, Split, load_bank
from corpus.library import SHIPPED_ARTICLES, load_library
from index.encoder import SentenceEncoder

if TYPE_CHECKING:
    from assistant.evaluation.record import Record

_MOST_JOBS = 4  # each holds the model, some 600 MB


def evaluate(
    split: Annotated[Split, typer.Option(help="Questions of this split.")] = Split.TEST,
    article: Annotated[list[str] | None, typer.Option(metavar="ID", help="Of this article only; repeatable.")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Of this kind only; repeatable.")] = None,
    library: Annotated[
        LibraryChoice, typer.Option(help="Ask the articles of the split, the whole library, or each its own article.")
    ] = LibraryChoice.SPLIT,
    questions: Annotated[Path, typer.Option(help="Folder of the question bank.")] = SHIPPED_QUESTIONS,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that answer at the same time.")] = min(
        os.cpu_count() or 1, _MOST_JOBS
    ),
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Keep the run in a file.")] = None,
    worst: Annotated[int, typer.Option(min=0, metavar="N", help="List the N failures it was surest of.")] = 0,
    readme: Annotated[bool, typer.Option("--readme", help="Print the table of the README and nothing else.")] = False,
) -> None:
    """Score the assistant on the question bank."""
    from assistant.evaluation import report  # noqa: PLC0415 - scipy is slow to import; other commands need it not
    from assistant.evaluation.record import write_record  # noqa: PLC0415

    choice = Choice(split, tuple(article or ()), tuple(kind or ()), library)
    record = _run(choice, read_settings(), questions, jobs)
    if json_file:
        write_record(record, json_file)
    typer.echo(report.readme_table(record) if readme else report.text_report(record))
    if worst:
        typer.echo(f"\n{report.worst(record.trials, worst)}")


def _run(choice: Choice, settings: Settings, questions: Path, jobs: int) -> Record:
    """Ask the questions chosen; the keeper's own articles are left out, so that every machine measures the same."""
    from assistant.evaluation.bench import Bench, run  # noqa: PLC0415
    from assistant.evaluation.record import Record  # noqa: PLC0415

    folder = settings.articles or SHIPPED_ARTICLES
    present = load_library([folder])
    planned = rounds(choice, load_bank(questions), tuple(present.articles))
    asked = {name for one in planned for name in one.articles}
    say(f"Asking {sum(len(one.questions) for one in planned)} questions of {len(asked)} articles ...")
    bench = Bench(folder, settings.data / "evaluation", SentenceEncoder, settings.model)
    return Record(
        choice=choice,
        version=metadata.version("rolewise"),
        encoder=SentenceEncoder(settings.model).name,
        articles={name: present.articles[name].content_hash() for name in sorted(asked)},
        jobs=jobs,
        trials=run(bench, planned, jobs),
    )
