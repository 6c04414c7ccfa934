"""`rolewise backup FILE` and `rolewise restore FILE`: all that cannot be made again, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.backups.archive import Kept, Listing
from assistant.backups.restoring import restore as restore_backup
from assistant.backups.saving import save
from assistant.settings import SETTINGS_FILE, read_settings
from assistant.wiring import say


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file (ZIP).")]) -> None:
    """Save records, own articles and the settings of the data folder in one file, while the server runs."""
    saved = save(read_settings(), file)
    for line in saved.left_out:
        say(f"Left out: {line}")
    _describe(saved.listing, "not in it, as they are on PostgreSQL: save them with pg_dump")
    typer.echo(f"{file}: written; only you can read it")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `rolewise backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the records, own articles and settings that are there.")
    ] = False,
) -> None:
    """Bring back what a backup holds: all of it or nothing. Stop the server first. The index follows by itself."""
    settings = read_settings()
    listing = restore_backup(settings, file, force=force)
    _describe(listing, "as they were, as the backup is of an installation on PostgreSQL: bring them back by pg_restore")
    typer.echo(
        f"{settings.data}: restored as of {listing.made}; the next question or server brings the index up to date"
    )


def _describe(listing: Listing, on_postgresql: str) -> None:
    records = {Kept.HERE: "in it", Kept.NONE: "none were kept", Kept.POSTGRESQL: on_postgresql}
    typer.echo(f"records: {records[listing.records]}")
    typer.echo(f"own articles: {len(listing.articles)} files")
    there = "in it, with the secrets that stand there" if SETTINGS_FILE in listing.files else "none in the data folder"
    typer.echo(f"{SETTINGS_FILE}: {there}")
