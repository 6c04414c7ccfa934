"""A data folder with records, articles and settings in it, and what of it must come back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.records.kept import RECORDS_FILE
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.records.stored import StoredRecords
from assistant.settings import Settings
from tests.assistant.records.conftest import answer_object
from tests.assistant.records.judging import verdict

SECRET = "a-secret-of-the-proxy"
ARTICLE = "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs {}. The Gardener needs a spade.\n"


@dataclass(frozen=True)
class State:
    """What a data folder holds of what a backup keeps."""

    records: tuple[str, ...]
    articles: dict[str, bytes]
    settings: bytes | None


EMPTY = State((), {}, None)


def fill(data: Path, word: str) -> Settings:
    """Put records, articles with a correction, and settings there, all of which speak of `word`."""
    articles = data / "articles" / "shop"
    articles.mkdir(parents=True)
    (articles / "florist-vs-gardener.md").write_text(ARTICLE.format(word), encoding="utf-8")
    (articles / "florist-vs-gardener.toml").write_text(f'title = "Florist vs Gardener: {word}"\n', encoding="utf-8")
    (data / "articles" / f"{word} – Größe.txt").write_bytes(word.encode() * 100)
    (data / "rolewise.toml").write_text(f'review_proxy_secret = "{SECRET}-{word}"\n', encoding="utf-8")
    database = open_database(data, None)
    records = StoredRecords(database)
    for number in range(5):
        records.keep([word, "é 😀"], answer_object(f"{word}-{number}", question=word))
    records.thumb(f"{word}-1", up=False, reason=word)
    StoredReviews(database).judge(verdict(f"verdict-{word}"))
    database.close()
    return Settings(data=data)


def state_of(data: Path) -> State:
    """Read a data folder. Hidden files are no part of it."""
    articles = data / "articles"
    return State(
        _dumped(data / RECORDS_FILE),
        {
            path.relative_to(articles).as_posix(): path.read_bytes()
            for path in articles.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        },
        (data / "rolewise.toml").read_bytes() if (data / "rolewise.toml").exists() else None,
    )


def _dumped(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    with closing(sqlite3.connect(path)) as connection:
        return tuple(connection.iterdump())
