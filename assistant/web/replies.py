"""An answer as the chat shows it: Markdown in which every citation is a link to its sentence, and what can be done.

Gradio lets few attributes through (class, id, href, title, role), so scripts find their way by classes: `cite` is a
citation, `quotes` the list that previews and print take the words from, `do` something that a click does.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from assistant import render
from assistant.answer import Answer, Citation
from assistant.dates import in_words
from assistant.web.history import Exchange
from corpus.article import Article

OPTION_LIMIT = 4  # more buttons than this push the answer out of sight on a phone
SOURCES_IN_A_LINE = 2  # a comparison may come from eight articles, whose titles would fill a screen
_TABLE_BOX = '<div class="scrolls" role="region" tabindex="0">'
WAITING = '<span class="waiting">Looking through the articles …</span>'


def reply_to(question: str, answer: Answer, root: str, *, kept: bool = False) -> Exchange:
    """Return what is shown for an answer. `root` is the path that the server stands under, empty for none.

    `kept` tells whether the answer is on record, so that it has a permanent link and can be judged.
    """

    def chip(citation: Citation, number: int) -> str:
        name = _attribute(f"Source {number}: {citation.article.title}")
        return f'<a class="cite" href="{_attribute(root + citation.url)}" title="{name}">{number}</a>'

    body = _arranged(answer, render.to_markdown(answer, marker=chip))
    shown = (_understood(question, answer), body, _sources(answer, root))
    return Exchange(
        question,
        "\n\n".join(part for part in (*shown, _quotes(answer)) if part),
        answer.suggestions[:OPTION_LIMIT],
        render.to_object(answer),
        kept,
    )


def messages_of(exchanges: Iterable[Exchange], root: str = "", *, offers: bool = True) -> list[dict[str, object]]:
    """Return a conversation as the messages of a Gradio Chatbot; only the last reply `offers` questions to ask next."""
    messages: list[dict[str, object]] = []
    for exchange in exchanges:
        messages.append({"role": "user", "content": _as_typed(exchange.question)})
        shown = "\n\n".join(part for part in (exchange.reply, _tools(exchange, root)) if part)
        messages.append({"role": "assistant", "content": shown})
    if messages and offers:
        messages[-1]["options"] = [{"value": option, "label": option} for option in exchange.options]
    return messages


def waiting_for(question: str) -> list[dict[str, object]]:
    """Return the messages that stand at the end of a conversation while a question is being answered."""
    return [{"role": "user", "content": _as_typed(question)}, {"role": "assistant", "content": WAITING}]


def _understood(question: str, answer: Answer) -> str:
    same = answer.standalone_question.split() == question.split()
    if same or not answer.standalone_question:
        return ""
    words = f'Understood as: <span class="standalone">{_text(answer.standalone_question)}</span>'
    return f'<span class="understood">{words} <button class="do edit" title="Edit the question">Edit</button></span>'


def _arranged(answer: Answer, markdown: str) -> str:
    """Keep every chip beside its last word, put a table into a box of its own, and name who says what in a conflict."""
    blocks = markdown.replace(' <a class="cite"', '&nbsp;<a class="cite"').split("\n\n")
    first = len(blocks) - len(answer.claims)  # a claim is a block, except in a table
    for place in {place for pair in answer.conflicts for place in pair if not answer.comparison}:
        blocks[first + place] += f"\n{_who(answer.claims[place].citations[0].article)}"
    return "\n\n".join(f"{_TABLE_BOX}\n\n{block}\n\n</div>" if block.startswith("|") else block for block in blocks)


def _who(article: Article) -> str:
    when = f", {in_words(article.date)}" if article.date else ""
    return f'<span class="who">{_text(article.title + when)}</span>'


def _sources(answer: Answer, root: str) -> str:
    """Return the line that names the articles an answer comes from; many are folded away behind their number."""
    articles = {citation.article.id: citation.article for citation in answer.citations()}.values()
    links = [(f"{root}/articles/{article.id}", article.title) for article in articles]
    if len(links) > SOURCES_IN_A_LINE:
        items = "".join(f"<li>{_source(address, _inside(title))}</li>" for address, title in links)
        return f'<details class="from"><summary>From {len(links)} articles</summary><ul>{items}</ul></details>'
    named = " · ".join(_source(address, _text(title)) for address, title in links)
    return f'<span class="from">From {named}</span>' if links else ""


def _source(address: str, title: str) -> str:
    return f'<a class="source" href="{_attribute(address)}">{title}</a>'


def _quotes(answer: Answer) -> str:
    """Return the cited sentences in the order of their numbers, one block of HTML without a line end in it."""
    items = "".join(
        f'<li><span class="quote">“{_inside(citation.quote)}”</span> '
        f'<span class="title">{_inside(citation.article.title)}</span></li>'
        for citation in answer.citations()
    )
    return f'<ol class="quotes">{items}</ol>' if items else ""


def _tools(exchange: Exchange, root: str) -> str:
    """Return the bar under a reply. Without a record of the answer there is nothing to link to or to judge."""
    if not exchange.answer_id:
        return ""
    page = _attribute(f"{root}/answers/{exchange.answer_id}")
    up, down = (" on" if exchange.up is thumb else "" for thumb in (True, False))
    thumbs = (
        f'<button class="do up{up}" title="Good answer">Good answer</button>'
        f'<button class="do down{down}" title="Bad answer">Bad answer</button>'
    )
    copies = (
        f'<a class="do copy" href="{page}.txt" title="Copy with quotes and links, as plain text">Copy</a>'
        f'<a class="do copy" href="{page}.md" title="Copy with quotes and links, as Markdown">Markdown</a>'
    )
    link = f'<a class="do link" href="{page}" title="Copy a permanent link to this answer">Link</a>'
    inside = thumbs + copies + link if exchange.kept else copies
    return f'<div class="tools" role="group">{inside}</div>'


def _as_typed(text: str) -> str:
    """Return a user's message as Markdown that shows what was typed, line by line."""
    return "\n".join(render.escape(line) for line in text.splitlines())


def _text(text: str) -> str:
    """Return text for the inside of an HTML element that stands in Markdown: neither language may find markup in it."""
    return render.escape(text)


def _inside(text: str) -> str:
    """Return text for the inside of a block of HTML, where nothing is read as Markdown."""
    return html.escape(" ".join(text.split()), quote=False)


def _attribute(text: str) -> str:
    """Return text for an HTML attribute in a Markdown table cell."""
    return html.escape(" ".join(text.split())).replace("|", "&#124;")
