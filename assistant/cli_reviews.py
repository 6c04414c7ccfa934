"""`rolewise reviews export|import`: take verdicts and approvals away, bring them back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.records.kept import RecordsError
from assistant.reviews.exchange import ExchangeError, csv_lines, json_lines, take_in
from assistant.settings import read_settings
from assistant.wiring import open_reviews

app = typer.Typer(no_args_is_help=True, help="Take what reviewers found away, and bring it back.")


@app.command("export")
def write(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, .jsonl or .csv.")]) -> None:
    """Write verdicts and approvals: JSON Lines hold everything, CSV the verdicts."""
    reviews = open_reviews(read_settings())
    if file.suffix not in {".jsonl", ".csv"}:
        raise typer.BadParameter(f"{file} ends in {file.suffix or 'nothing'}. Give a name that ends in .jsonl or .csv.")
    lines = csv_lines(reviews) if file.suffix == ".csv" else json_lines(reviews)
    count = 0
    try:
        with file.open("x", encoding="utf-8", errors="backslashreplace", newline="") as target:
            for line in lines:
                target.write(line)
                count += 1
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be written ({error.strerror}). Name a new file.") from error
    typer.echo(f"{file}: {count - (file.suffix == '.csv')} entries")


@app.command("import")
def read(file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that was exported.")]) -> None:
    """Store what a file holds; what is there already stays as it is."""
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read ({error}). Give a file that was exported.") from error
    try:
        new, known = take_in(open_reviews(read_settings()), text)
    except ExchangeError as error:
        raise RecordsError(f"{file}: {error}") from error
    typer.echo(f"{file}: {new} new, {known} known already")
