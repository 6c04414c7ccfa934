"""`rolewise evaluate`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from assistant.evaluation.selection import Choice, LibraryChoice
from assistant.settings import read_settings
from assistant.wiring import open_assistant, open_reviews
from corpus.bank import SHIPPED_QUESTIONS, Kind, Split

_MOST_JOBS = 4  # each holds the model, some 600 MB


def evaluate(
    split: Annotated[Split, typer.Option(help="Questions of this split.")] = Split.TEST,
    article: Annotated[list[str] | None, typer.Option(metavar="ID", help="Of this article only; repeatable.")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Of this kind only; repeatable.")] = None,
    library: Annotated[
        LibraryChoice, typer.Option(help="Ask the articles of the split, the whole library, or each its own article.")
    ] = LibraryChoice.SPLIT,
    questions: Annotated[Path, typer.Option(help="Folder of the question bank.")] = SHIPPED_QUESTIONS,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes that answer at the same time; one for each core, at most four.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Keep the run in a file.")] = None,
    charts: Annotated[Path | None, typer.Option(metavar="DIR", help="Draw charts into a folder, as SVG.")] = None,
    compare: Annotated[Path | None, typer.Option(metavar="FILE", help="Compare with a run kept by --json.")] = None,
    worst: Annotated[int, typer.Option(min=0, metavar="N", help="List the N failures it was surest of.")] = 0,
    reviews: Annotated[
        bool, typer.Option("--reviews", help="Ask again what reviewers judged instead, of the articles in use.")
    ] = False,
    readme: Annotated[bool, typer.Option("--readme", help="Print the table of the README and nothing else.")] = False,
) -> None:
    """Score the assistant on the question bank, with intervals of 95 %."""
    from assistant.evaluation.command import Wanted, perform  # noqa: PLC0415 - see there

    if reviews:
        _ask_again()
        return
    choice = Choice(split, tuple(article or ()), tuple(kind or ()), library)
    wanted = Wanted(json_file, charts, compare, worst, readme)
    processes = jobs or min(os.cpu_count() or 1, _MOST_JOBS)
    for number, block in enumerate(perform(choice, wanted, read_settings(), questions, processes)):
        typer.echo(f"\n{block}" if number else block)


def _ask_again() -> None:
    from assistant.evaluation.reviewed import outcomes, report  # noqa: PLC0415 - scipy is slow to import

    settings = read_settings()
    stored = open_reviews(settings)
    found, disputed = outcomes(stored, open_assistant(settings))
    for line in report(found, disputed, stored):
        typer.echo(line)
    if not all(one.met for one in found):
        raise typer.Exit(1)
