"""An answer as the chat shows it: Markdown in which every citation is a link to its sentence, and follow-up options."""

from __future__ import annotations

import html
from collections.abc import Iterable

from assistant import render
from assistant.answer import Answer, Citation
from assistant.web.history import Exchange

OPTION_LIMIT = 4  # more buttons than this push the answer out of sight on a phone


def reply_to(question: str, answer: Answer, root: str) -> Exchange:
    """Return what is shown for an answer. `root` is the path that the server stands under, empty for none."""

    def chip(citation: Citation, number: int) -> str:
        name = _attribute(f"Source {number}: {citation.article.title}")
        return f'<a class="cite" href="{_attribute(root + citation.url)}" title="{name}">{number}</a>'

    parts = (_understood(question, answer), render.to_markdown(answer, marker=chip), _sources(answer, root))
    return Exchange(question, "\n\n".join(part for part in parts if part), answer.suggestions[:OPTION_LIMIT])


def messages_of(exchanges: Iterable[Exchange]) -> list[dict[str, object]]:
    """Return a conversation as the messages of a Gradio Chatbot; only the last reply keeps its options."""
    messages: list[dict[str, object]] = []
    for exchange in exchanges:
        messages.append({"role": "user", "content": _as_typed(exchange.question)})
        reply: dict[str, object] = {"role": "assistant", "content": exchange.reply}
        messages.append(reply)
    if messages:
        messages[-1]["options"] = [{"value": option, "label": option} for option in exchange.options]
    return messages


def _understood(question: str, answer: Answer) -> str:
    same = answer.standalone_question.split() == question.split()
    if same or not answer.standalone_question:
        return ""
    return f'<span class="understood">Understood as: {_text(answer.standalone_question)}</span>'


def _sources(answer: Answer, root: str) -> str:
    articles = {citation.article.id: citation.article for citation in answer.citations()}
    links = " · ".join(
        f'<a class="source" href="{_attribute(f"{root}/articles/{article.id}")}">{_text(article.title)}</a>'
        for article in articles.values()
    )
    return f'<span class="from">From {links}</span>' if links else ""


def _as_typed(text: str) -> str:
    """Return a user's message as Markdown that shows what was typed, line by line."""
    return "\n".join(render.escape(line) for line in text.splitlines())


def _text(text: str) -> str:
    """Return text for the inside of an HTML element that stands in Markdown: neither language may find markup in it."""
    return render.escape(text)


def _attribute(text: str) -> str:
    """Return text for an HTML attribute in a Markdown table cell."""
    return html.escape(" ".join(text.split())).replace("|", "&#124;")
