"""The command `rolewise`. Results go to stdout, everything else to stderr.

Exit status: 0 fine, 1 the work failed or something was found, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from assistant import cli_articles, cli_backup, cli_evaluate, cli_index, cli_records, cli_reviewers, cli_reviews
from assistant.backups.finishing import BackupError
from assistant.batch import answer_rows
from assistant.doctor.examine import examine
from assistant.evaluation.errors import EvaluationError
from assistant.limits import LimitError, checked_question
from assistant.listening import check_free, check_hosts
from assistant.records.kept import RecordsError
from assistant.records.tidying import forgetting
from assistant.render import to_object, to_text
from assistant.serving import live_assistant
from assistant.settings import SettingsError, read_settings
from assistant.wiring import index_of, open_assistant, open_records, open_reviews, say
from corpus.article import CorpusError
from index.hits import SearchError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Ask about job roles; every statement is cited to its sentence.",
)
app.add_typer(cli_index.app, name="index")
app.add_typer(cli_articles.app, name="articles")
app.add_typer(cli_records.app, name="records")
app.add_typer(cli_reviewers.app, name="reviewers")
app.add_typer(cli_reviews.app, name="reviews")
app.command()(cli_evaluate.evaluate)
app.command()(cli_backup.backup)
app.command()(cli_backup.restore)


def main() -> None:
    """Run the command; a problem that a person can mend ends in one line, not in a traceback."""
    try:
        app()
    except (SettingsError, CorpusError, SearchError, EvaluationError, RecordsError, BackupError) as error:
        say(f"rolewise: {error}")
        sys.exit(1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"rolewise {metadata.version('rolewise')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='JSON Lines: {"id": "1", "turns": ["first", "follow-up"]}')
    ] = None,
) -> None:
    """Answer a question, or a file of them."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give one question, or --batch FILE.")
    if batch is not None:
        _answer_batch(batch)
        return
    try:
        checked = checked_question(question)
    except LimitError as error:
        raise typer.BadParameter(str(error)) from error
    answer = open_assistant(read_settings()).answer([checked])
    typer.echo(json.dumps(to_object(answer), ensure_ascii=False) if as_json else to_text(answer))


def _answer_batch(path: Path) -> None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read ({error}). Give a JSON Lines file in UTF-8.") from error
    broken: list[str] = []

    def report(problem: str) -> None:
        broken.append(problem)
        say(f"rolewise: {path}, {problem}")

    for answer in answer_rows(open_assistant(read_settings()), lines, report):
        typer.echo(json.dumps(answer, ensure_ascii=False))
    if broken:
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)] = None,
) -> None:
    """Open the chat in the browser, with the JSON API and the article reader."""
    settings = read_settings()
    settings = settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})
    check_hosts(settings)
    check_free(settings)
    records, index = open_records(settings), index_of(settings)
    from assistant.web.app import create_app  # noqa: PLC0415 - slow to import; other commands need it not
    from assistant.web.connections import server_config  # noqa: PLC0415
    from assistant.web.desk.room import Room  # noqa: PLC0415
    from assistant.web.journal import write_json_lines  # noqa: PLC0415
    from assistant.web.stopping import LeavingServer, ended_by_sigterm  # noqa: PLC0415
    from assistant.web.warming import warm_up  # noqa: PLC0415

    write_json_lines(settings.log_level)
    room = Room(settings, records, open_reviews(settings), index.encoder)
    with (
        ended_by_sigterm(),
        live_assistant(settings, index, room.widened) as live,
        forgetting(records, settings.keep_questions_days),
    ):
        warm_up()
        say(f"Rolewise answers on http://{settings.host}:{settings.port}/ - stop it with Ctrl+C.")
        config = server_config(create_app(live, settings, records, room, lambda: live.ready), settings)
        LeavingServer(config, live.leave, settings.leave_seconds).run()


@app.command()
def doctor() -> None:
    """Check disk, articles, models, index, records, address and headers; prove that an answer needs no network."""
    checks = examine(read_settings())
    for check in checks:
        typer.echo(f"{'ok ' if check.fine else 'BAD'}  {check.name}: {check.said}")
    if not all(check.fine for check in checks):
        raise typer.Exit(1)
