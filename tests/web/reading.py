"""The pages of the reader, and what a browser would find in them."""

from __future__ import annotations

from html.parser import HTMLParser

from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.web.approved import Approvals, NoApprovals
from assistant.web.pages import Pages
from assistant.web.reader import reader_routes
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant


class Spans(HTMLParser):
    """Collects the text of every element that has an id `s<n>`, and the names of all elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.classes: dict[str, str] = {}
        self.tags: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "span" and given.get("id"):
            self._open = str(given["id"])
            self.texts[self._open] = ""
            self.classes[self._open] = str(given.get("class"))

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == "span" else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data


def spans_of(page: str) -> Spans:
    """Return the sentences that a page shows."""
    spans = Spans()
    spans.feed(page)
    return spans


def attributes_of(page: str) -> list[tuple[str, str | None]]:
    """Return the attributes of all elements."""
    found: list[tuple[str, str | None]] = []

    class Attributes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del tag
            found.extend(attrs)

    Attributes().feed(page)
    return found


def reading(library: Library, approvals: Approvals | None = None) -> TestClient:
    """Return a client of the reader alone: the chat takes a second to put together."""
    app = FastAPI()
    app.include_router(reader_routes(SmallAssistant(library), approvals or NoApprovals(), Pages()))
    return TestClient(app)
