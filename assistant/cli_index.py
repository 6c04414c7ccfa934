"""`rolewise index build|status`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.settings import read_settings
from assistant.wiring import index_folder, open_library
from index.build import build_index, current_generation, expected_manifest, stale
from index.encoder import SentenceEncoder

app = typer.Typer(no_args_is_help=True, help="Build the index, or say how it stands.")


@app.command()
def build(force: Annotated[bool, typer.Option("--force", help="Build even when the index is fresh.")] = False) -> None:
    """Build the index when it is missing or outdated; only changed articles are embedded again."""
    settings = read_settings()
    library = open_library(settings)
    built = build_index(index_folder(settings), library, SentenceEncoder(settings.model), progress=True, force=force)
    typer.echo(
        f"{built.folder}: {len(library.articles)} articles, {built.chunks} sentences, {built.embedded} embedded anew"
    )


@app.command()
def status() -> None:
    """Say whether the index fits the articles and the model; exit 1 when it does not."""
    settings = read_settings()
    root = index_folder(settings)
    reasons = stale(root, expected_manifest(open_library(settings), SentenceEncoder(settings.model)))
    if reasons:
        typer.echo(f"outdated: {'; '.join(reasons)}. Build it: rolewise index build")
        raise typer.Exit(1)
    typer.echo(f"fresh: {current_generation(root)}")
