"""`rolewise index build|status|rollback`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import read_settings
from assistant.wiring import Index, index_of, open_library, say
from corpus.library import Library
from index.build import BuildOptions, build_index, expected_manifest, unfit
from index.filling import left_out
from index.generation import generations, read_pointer, roll_back
from index.hits import SearchError
from index.lock import holder
from index.manifest import Manifest
from index.seal import check

app = typer.Typer(no_args_is_help=True, help="Build the index, say how it stands, or go back to the one before.")


@app.command()
def build(
    force: Annotated[
        bool, typer.Option("--force", help="Build even when the index is fresh, and try Chroma again.")
    ] = False,
) -> None:
    """Build the index when it is missing, outdated, damaged or pinned; only changed articles are embedded again."""
    settings = read_settings()
    library, index = open_library(settings), index_of(settings)
    for line in built(index, library, force=force):
        typer.echo(line)


def built(index: Index, library: Library, *, force: bool = False) -> Iterator[str]:
    """Build, and yield what there is to say of it."""
    pointer = read_pointer(index.root)
    pinned = pointer is not None and pointer.pinned
    options = BuildOptions(progress=True, force=force or pinned, wait=0, stores=index.stores)
    done = build_index(index.root, library, index.encoder, options)
    did = f"{done.embedded} embedded anew" if done.new else "nothing has changed since it was built"
    yield f"{done.folder}: {len(library.articles)} articles, {done.chunks} sentences, {did}"
    if done.lost:
        yield f"vectors: {left_out(done.lost, done.chunks)}"


def _left_out(folder: Path) -> str:
    """Say that a generation has no vector store, if so. What is damaged is named elsewhere."""
    try:
        manifest = Manifest.read(folder)
    except SearchError:
        return ""
    return left_out(manifest.lost, manifest.chunks) if manifest.lost else ""


@app.command()
def status() -> None:
    """Say which generation is in use, what it was built from and whether it is whole; exit 1 when it does not serve."""
    settings = read_settings()
    library, index = open_library(settings), index_of(settings)
    reasons = unfit(index.root, expected_manifest(library, index.encoder, index.stores), index.stores)
    for line in described(index, library, reasons):
        typer.echo(line)
    if reasons:
        raise typer.Exit(1)


def described(index: Index, library: Library, reasons: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of the status: the verdict, the generation in use, the others, who is building."""
    pointer = read_pointer(index.root)
    current = index.root / pointer.name if pointer else None
    if reasons:
        yield f"outdated: {'; '.join(reasons)}. Build it: rolewise index build"
    else:
        yield f"fresh: {current}"
    if pointer and pointer.pinned:
        yield "pinned: stays in use when articles change, until the next: rolewise index build"
    for folder in generations(index.root):
        yield f"{'in use' if folder == current else 'kept'}: {folder.name}, {_about(folder, library)}"
    builder = holder(index.root)
    yield f"builder: {builder or 'none'}"
    yield f"vectors: {(_left_out(current) if current else '') or index.stores.described()}"


def _about(folder: Path, library: Library) -> str:
    try:
        manifest = Manifest.read(folder)
        known = f"made {manifest.made}, {len(manifest.articles)} articles, {manifest.chunks} sentences"
        fits = "" if manifest.corpus_hash == library.content_hash() else ", of other articles than now"
        check(folder, manifest.files)
    except SearchError as error:
        return str(error)
    store = "without Chroma" if manifest.lost else f"chromadb {manifest.chroma}"
    return f"{known}{fits}, model {manifest.model}, {store}, {len(manifest.files)} files intact"


@app.command()
def rollback() -> None:
    """Go back to the newest intact generation before the one in use; it stays until the next `rolewise index build`."""
    folder = roll_back(index_of(read_settings()).root)
    manifest = Manifest.read(folder)
    typer.echo(f"{folder.name}: in use and pinned, {len(manifest.articles)} articles, {manifest.chunks} sentences")
    say("Articles changed since then are not in it. Build an index of them with: rolewise index build")
