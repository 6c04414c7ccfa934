"""`rolewise reviewers password`: make the line for the settings that opens the review desk."""

from __future__ import annotations

import typer

from assistant.reviews.passwords import PasswordError, hash_password
from assistant.wiring import say

app = typer.Typer(no_args_is_help=True, help="Let reviewers in.")


@app.callback()
def _reviewers() -> None:
    """Take the sub-commands."""


@app.command()
def password() -> None:
    """Ask for the reviewers' password, unseen, and print the line for the settings that holds its hash."""
    given = typer.prompt("Password of the reviewers", hide_input=True, confirmation_prompt="Once more", err=True)
    try:
        hashed = hash_password(given)
    except PasswordError as error:
        say(f"rolewise: {error}")
        raise typer.Exit(1) from error
    say("Put this line into rolewise.toml (or set ROLEWISE_REVIEW_PASSWORD_HASH), then start the server again:")
    typer.echo(f'review_password_hash = "{hashed}"')
