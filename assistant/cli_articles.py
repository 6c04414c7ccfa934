"""`rolewise articles list|check|add|remove|text|export-text`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings, read_settings
from assistant.wiring import open_library, say
from corpus.address import fetch, is_address
from corpus.article import Article, CorpusError, Finding
from corpus.catalogue import shipped_catalogue
from corpus.check import check_library, check_names
from corpus.corrections import Correction, correction
from corpus.library import Library, load_library
from corpus.shelf import Added, Offer, Shelf

app = typer.Typer(no_args_is_help=True, help="See, check, add and remove articles.")


@app.command("list")
def list_articles(as_json: Annotated[bool, typer.Option("--json", help="Print one object a line.")] = False) -> None:
    """List the articles in use: id, roles, title."""
    for article in open_library(read_settings()).articles.values():
        row = {
            "id": article.id,
            "title": article.title,
            "roles": list(article.roles),
            "sections": len(article.sections),
        }
        typer.echo(
            json.dumps(row, ensure_ascii=False)
            if as_json
            else f"{article.id}\t{' / '.join(article.roles)}\t{article.title}"
        )


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; without any, the library in use.")
    ] = None,
) -> None:
    """Say what a keeper should look at: text left out, repeated articles, files that cannot be used."""
    folders = [path for path in paths or [] if path.is_dir()]
    files = [path for path in paths or [] if not path.is_dir()]
    library = load_library(folders, files) if paths else load_library(read_settings().article_folders)
    findings = check_library(library)
    for finding in findings:
        typer.echo(f"{finding.article_id}: {finding.code}: {finding.message}")
    for problem in library.problems:
        typer.echo(f"unusable: {problem}")
    claimed = () if paths else check_names(library.catalogue)
    for line in claimed:
        typer.echo(f"names: {line}")
    if findings or library.problems or claimed:
        raise typer.Exit(1)
    typer.echo(f"{len(library.articles)} articles, nothing to mend")


@app.command()
def add(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or an http or https address.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be understood; change nothing.")] = False,
    title: Annotated[str, typer.Option(help="The right title of the one article given.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="A role it compares; give the option twice or more.")] = None,
) -> None:
    """Take articles into your own library; what cannot be read is left out and named."""
    known = correction(title, tuple(role or ()))
    if known and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise typer.BadParameter("--title and --role correct one article. Give one file or address with them.")
    settings = read_settings()
    shelf = Shelf(settings.own_articles, shipped_catalogue())
    failed = False
    for outcome in _added(shelf, paths, known, settings, dry_run=dry_run):
        if outcome.error:
            failed = True
            say(f"rolewise: {outcome.error}")
        elif outcome.article:
            typer.echo(f"{outcome.article.id}: {outcome.done}, {_summary(outcome.article)}")
            for line in understood(outcome.article, outcome.findings) if dry_run else ():
                typer.echo(line)
    if failed:
        raise typer.Exit(1)


def _added(
    shelf: Shelf, paths: Sequence[str], known: Correction, settings: Settings, *, dry_run: bool
) -> Iterator[Added]:
    """Yield what becomes of each path or address; an address that cannot be fetched is one error of its own."""
    offers: list[Path | Offer] = []
    for given in paths:
        try:
            private = settings.allow_private_addresses
            offers.append(fetch(given, private=private) if is_address(given) else Path(given))
        except CorpusError as error:
            yield Added(error=str(error))
    yield from shelf.add(offers, known, dry_run=dry_run)


def understood(article: Article, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what was understood of an article, for people: title, roles, topics, sentences, findings."""
    yield f"  title: {article.title}"
    yield f"  roles: {', '.join(article.roles)}"
    yield f"  date: {article.date or 'none'}; source: {article.source or 'none'}"
    for section in article.sections:
        topic = f" [{section.topic}]" if section.topic else ""
        yield f"  {section.heading or '(no heading)'}{topic}"
        for sentence in section.sentences:
            yield f"    {sentence.number}. ({', '.join(sentence.roles)}) {article.quote(sentence.span)}"
    for finding in findings:
        yield f"  {finding.code}: {finding.message}"


@app.command()
def remove(identifier: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Remove one of your own articles."""
    settings = read_settings()
    Shelf(settings.own_articles, shipped_catalogue()).remove(identifier)
    typer.echo(f"{identifier}: removed")


@app.command()
def text(identifier: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print the text of an article exactly as citations count it."""
    typer.echo(_article(open_library(read_settings()), identifier).text, nl=False)


@app.command("export-text")
def export_text(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Write <article_id>.txt for every article: exactly the text that citations count."""
    library = open_library(read_settings())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for article in library.articles.values():
            (folder / f"{article.id}.txt").write_bytes(article.text.encode("utf-8"))
    except OSError as error:
        raise CorpusError(f"{folder} cannot be written ({error.strerror}). Give a folder you may write.") from error
    typer.echo(f"{len(library.articles)} texts in {folder}")


def _article(library: Library, identifier: str) -> Article:
    if identifier not in library.articles:
        raise CorpusError(f"There is no article {identifier!r}. See them all: rolewise articles list")
    return library.articles[identifier]


def _summary(article: Article) -> str:
    sentences = sum(1 for _ in article.sentences())
    return f"{' / '.join(article.roles)}, {len(article.sections)} sections, {sentences} sentences"
