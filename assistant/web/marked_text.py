"""The Markdown of an answer object, read again: as HTML for a page, as plain text for the clipboard.

Only what `assistant/render.py` writes is understood (paragraphs, bold, emphasis, one table, markers such as `[1]`);
links, images and HTML stay text, so that nothing in a record can come to life on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_MARKER = re.compile(r"\[(\d{1,4})\]")
_MARKER_KIND = "citation"


def to_html(markdown: str, numbers: Sequence[int]) -> str:
    """Return the Markdown as HTML in which the marker of a citation leads to the quote with the id `q` and its number.

    A marker whose number is none of `numbers` stays text.
    """
    return str(_reader(numbers).render(markdown))


def to_plain(markdown: str, numbers: Sequence[int]) -> str:
    """Return the Markdown as text without markup: a paragraph a block; a table one block a row, named by its heads."""
    tokens = _reader(numbers).parse(markdown)
    return "\n\n".join(_blocks(tokens))


def _reader(numbers: Sequence[int]) -> MarkdownIt:
    reader = MarkdownIt("zero").enable(["table", "emphasis", "escape", "entity"])
    known = frozenset(numbers)

    def citation(state: StateInline, silent: bool) -> bool:
        found = _MARKER.match(state.src, state.pos)
        if not found or int(found[1]) not in known:
            return False
        if not silent:
            state.push(_MARKER_KIND, "", 0).content = found[1]
        state.pos = found.end()
        return True

    reader.inline.ruler.push(_MARKER_KIND, citation)
    reader.add_render_rule(_MARKER_KIND, _link_to_quote)
    reader.add_render_rule("table_open", _open_table)
    reader.add_render_rule("table_close", _close_table)
    return reader


def _link_to_quote(
    _self: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    number = tokens[place].content
    return f'<a class="cite" href="#q{number}" aria-label="Source {number}">{number}</a>'


def _open_table(
    _self: RendererHTML, _tokens: Sequence[Token], _place: int, _options: OptionsDict, _env: EnvType
) -> str:
    return '<div class="scrolls" role="region" aria-label="Comparison" tabindex="0"><table>\n'


def _close_table(
    _self: RendererHTML, _tokens: Sequence[Token], _place: int, _options: OptionsDict, _env: EnvType
) -> str:
    return "</table></div>\n"


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    heads: list[str] = []
    row: list[str] = []
    for place, token in enumerate(tokens):
        if token.type == "inline":
            text = _text(token.children or [])
            opened = tokens[place - 1].type
            if opened == "th_open":
                heads.append(text)
            elif opened == "td_open":
                row.append(text)
            else:
                yield text
        elif token.type == "tr_close" and row:
            cells = [f"- {head}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=False)]
            yield "\n".join([row[0], *cells])
            row = []


def _text(children: Sequence[Token]) -> str:
    words = (f"[{child.content}]" if child.type == _MARKER_KIND else child.content for child in children)
    return "".join(words).strip()
