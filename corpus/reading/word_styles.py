"""What the styles of a Word file say about a paragraph and its words: heading, list, bold, hidden, struck through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Node = Any  # an element of lxml, which has no types

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"heading (\d)$", re.I)  # Word keeps the English names of its own styles in every language
_TITLE = "title"
_CONTENTS = re.compile(r"toc (?:\d|heading)$", re.I)
_LIST = re.compile(r"list (?:bullet|number)", re.I)
_NO_LIST = "0"  # the number that takes a paragraph out of the list of its style
_LEVELS = 9  # of headings; an outline level of 9 is body text


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is: `level` is that of a heading, `item` how deep a list item is nested; 0 says it is none."""

    level: int = 0
    item: int = 0
    is_contents: bool = False
    bold: bool = False
    end_is_deleted: bool = False


def word(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return _NAMESPACE + name


def tag(node: Node) -> str:
    """Return the short name of an element; a comment has none."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


class Styles:
    """The styles of one file by their id. A style that is based on itself ends its chain."""

    def __init__(self, part: Node) -> None:
        self._by_id = {style.get(word("styleId")): style for style in part.iterchildren(word("style"))}
        self._default = next(
            (
                name
                for name, style in self._by_id.items()
                if style.get(word("type")) == "paragraph" and style.get(word("default")) not in (None, *_OFF)
            ),
            None,
        )
        self._known: dict[tuple[str | None, str], bool | None] = {}

    def of_paragraph(self, paragraph: Node) -> Style:
        """Return what a paragraph is by its style and its own properties."""
        own = paragraph.find(word("pPr"))
        name = _value(own, "pStyle") or self._default
        names = [_value(style, "name") or "" for style in self._chain(name)]
        sources = [source for source in (own, *(s.find(word("pPr")) for s in self._chain(name))) if source is not None]
        return Style(
            level=_level(sources, names),
            item=_item_level(sources, names),
            is_contents=any(_CONTENTS.match(name) for name in names),
            bold=bool(self.says(name, "b")),
            end_is_deleted=own is not None and own.find(f"{word('rPr')}/{word('del')}") is not None,
        )

    def of_run(self, run: Node, switch: str) -> bool | None:
        """Return whether a run switches something on ("b", "strike", "vanish"); None when it leaves it as it is."""
        properties = run.find(word("rPr"))
        if properties is None:
            return None
        own = _switch(properties, switch)
        return own if own is not None else self.says(_value(properties, "rStyle"), switch)

    def says(self, name: str | None, switch: str) -> bool | None:
        """Return what a style or one that it is based on says about a switch."""
        if (name, switch) not in self._known:
            said = (_switch(style.find(word("rPr")), switch) for style in self._chain(name))
            self._known[name, switch] = next((value for value in said if value is not None), None)
        return self._known[name, switch]

    def _chain(self, name: str | None) -> Iterator[Node]:
        seen: set[str | None] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = _value(self._by_id[name], "basedOn")


def _value(parent: Node, name: str) -> str | None:
    found = parent.find(word(name)) if parent is not None else None
    return found.get(word("val")) if found is not None else None


def _switch(properties: Node, name: str) -> bool | None:
    found = properties.find(word(name)) if properties is not None else None
    return None if found is None else (found.get(word("val")) or "on") not in _OFF


def _level(sources: list[Node], names: list[str]) -> int:
    """Return the level of a heading: what the paragraph says itself outweighs its style."""
    for source in sources:
        outline = _value(source, "outlineLvl")
        if outline is not None:
            return int(outline) + 1 if outline.isdecimal() and int(outline) < _LEVELS else 0
    if names and names[0].lower() == _TITLE:
        return 1
    found = next((match for name in names if (match := _HEADING.match(name))), None)
    return int(found[1]) if found else 0


def _item_level(sources: list[Node], names: list[str]) -> int:
    for source in sources:
        numbering = source.find(word("numPr"))
        if numbering is not None:
            deep = _value(numbering, "ilvl") or "0"
            listed = _value(numbering, "numId") not in (None, _NO_LIST)
            return int(deep) + 1 if listed and deep.isdecimal() else int(listed)
    return int(any(_LIST.match(name) for name in names))
