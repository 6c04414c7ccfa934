"""An answer to take along: plain text or Markdown with the quotes, the titles of the articles and whole addresses.

Made from the answer object of the contract alone, so that what is copied today and what is read from the record next
week are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.render import escape
from assistant.web.marked_text import to_plain


def plain_copy(answer: Mapping[str, Any], base: str, page: str | None) -> str:
    """Return the answer as plain text.

    `base` is the address that the server is reached under, without a slash at its end; `page` the address of the
    answer's own page, None when there is none.
    """
    citations = answer["citations"]
    sources = [
        f"[{one['number']}] “{_line(one['quote'])}”\n    {_line(one['article_title'])}\n    {base}{one['url']}"
        for one in citations
    ]
    body = to_plain(answer["markdown"], [one["number"] for one in citations])
    parts = [understood(answer), body, "\n".join(sources), f"This answer: {page}" if page else ""]
    return "\n\n".join(part for part in parts if part) + "\n"


def markdown_copy(answer: Mapping[str, Any], base: str, page: str | None) -> str:
    """Return the answer as Markdown; the addresses are as in `plain_copy`."""
    sources = [
        f"- [{one['number']}] “{escape(one['quote'])}” – [{escape(one['article_title'])}](<{base}{one['url']}>)"
        for one in answer["citations"]
    ]
    parts = [
        f"**{escape(understood(answer))}**",
        answer["markdown"],
        "\n".join(sources),
        f"[This answer](<{page}>)" if page else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def understood(answer: Mapping[str, Any]) -> str:
    """Return the question that was searched, which stands for itself; the message when there is no other."""
    return _line(answer["standalone_question"] or answer["question"])


def _line(text: str) -> str:
    return " ".join(str(text).split())
