"""`rolewise records status|forget|backup`: what is kept of questions, how to delete it, how to save it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import read_settings
from assistant.wiring import open_stored_records

app = typer.Typer(no_args_is_help=True, help="See, delete and save what is kept of questions and answers.")


@app.command()
def status() -> None:
    """Say how many answers are kept, where and since when. No question is shown."""
    settings = read_settings()
    standing = open_stored_records(settings).standing()
    typer.echo(f"where: {standing.where} (tables {standing.tables})")
    typer.echo(f"kept: {standing.answers} answers, {standing.thumbs} thumbs")
    typer.echo(f"oldest: {standing.oldest:%Y-%m-%d %H:%M} UTC" if standing.oldest else "oldest: none")
    typer.echo(f"deleted after: {settings.keep_questions_days} days")


@app.command()
def forget(
    older_than: Annotated[
        int | None, typer.Option("--older-than", metavar="DAYS", min=0, max=36_500, help="Delete older answers.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Delete every answer.")] = False,
    answer: Annotated[str | None, typer.Option("--answer", metavar="ID", help="Delete the answer of this id.")] = None,
) -> None:
    """Delete questions, answers and thumbs for good; by --all and --answer the reviewers' verdicts on them, too."""
    if [older_than is not None, everything, answer is not None].count(True) != 1:
        raise typer.BadParameter("Give one of --older-than DAYS, --all, --answer ID.")
    records = open_stored_records(read_settings())
    if answer is not None:
        if not records.forget(answer):
            typer.echo(f"No answer is kept under {answer!r}.")
            raise typer.Exit(1)
        typer.echo("1 answer deleted")
        return
    before = datetime.now(UTC) - timedelta(days=older_than or 0)
    gone = records.forget_all() if everything else records.forget_before(before)
    typer.echo(f"{gone} answers deleted")


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> None:
    """Save a checked copy while the server runs (SQLite; PostgreSQL has pg_dump)."""
    open_stored_records(read_settings()).back_up(file)
    typer.echo(f"{file}: written and checked")
