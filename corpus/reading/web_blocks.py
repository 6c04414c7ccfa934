"""The body of a page to blocks: headings, paragraphs, list items, table cells, questions with their answers."""

from __future__ import annotations

from corpus.reading.blocks import Block, BlockKind, bold_line, labelled, one_line
from corpus.reading.web_table import cells_of, holds_data, rows_of
from corpus.reading.web_tree import Node, page_elements, walk

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(["ul", "ol"])
_ASKS = frozenset(["dt", "summary"])  # a question or a term, with its answer after it
_INLINE = page_elements("inline")
_WITHDRAWN = frozenset(["s", "del", "strike", "rt", "rp"])  # struck out by their author, or said twice
_REMARKS = frozenset(["reference", "footnote-ref", "noprint", "mw-editsection"])  # classes of markers such as "[1]"
_REMARKED = frozenset(["sup", "span"])  # the elements that have them
_BOLD = frozenset(["b", "strong"])
_QUOTES = ("“", "”")


def blocks_of(root: Node) -> list[Block]:
    """Return the blocks under an element, in reading order."""
    return _Writer().read(root)


class _Writer:
    """Collects the words of a line until an element of the page ends it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._bold: list[str] = []  # the words at the start of the line that are in bold type
        self._only_bold = True
        self._in_bold = 0
        self._kinds: list[str] = []  # the elements around a word that say what it is
        self._lists: list[int] = []  # how many blocks there were when each list around a word began
        self._level = 1  # of the last heading that is one by its element

    def read(self, root: Node) -> list[Block]:
        silent: int | None = None  # the element inside which nothing is read
        for node, entering in walk(root):
            if silent is not None:
                silent = None if not entering and node.mem_id == silent else silent
            elif node.is_text_node:
                self._word(node.text_content or "")
            elif node.is_element_node and node.mem_id != root.mem_id:
                if (entering and self._table(node)) or (entering and _left_out(node)):
                    silent = node.mem_id
                else:
                    self._element(node, node.tag or "", entering=entering)
        self._end()
        return self.blocks

    def _table(self, node: Node) -> bool:
        if node.tag != "table":
            return False
        rows = rows_of(node)
        if not holds_data(node, rows):
            return False
        self._end()
        self.blocks += cells_of(rows, _lines)
        return True

    def _word(self, text: str) -> None:
        self._words.append(text)
        if self._only_bold and (self._in_bold or not text.strip()):
            self._bold.append(text)
        elif text.strip():
            self._only_bold = False

    def _element(self, node: Node, tag: str, *, entering: bool) -> None:
        if tag in _INLINE:
            self._inline(node, tag, entering=entering)
            return
        self._end()
        if tag in _LISTS and entering:
            self._lists.append(len(self.blocks))
        elif tag in _LISTS:
            start = self._lists.pop()
            self.blocks[start:] = labelled(self.blocks[start:])
        if tag in _HEADINGS or tag in _ASKS or tag in ("li", "pre"):
            if entering:
                self._kinds.append(tag)
            else:
                self._kinds.pop()

    def _inline(self, node: Node, tag: str, *, entering: bool) -> None:
        if tag in _BOLD:
            self._in_bold += 1 if entering else -1
        elif tag == "q":
            self._word(_QUOTES[0] if entering else _QUOTES[1])
        elif tag == "br" and entering:
            twice = node.next is not None and _next_words(node) == "br"
            self._end() if twice or (self._kinds and self._kinds[-1] == "pre") else self._words.append("\n")

    def _end(self) -> None:
        """Make a block of the words since the last one, if there are any."""
        if not self._words:
            return
        raw, bold = "".join(self._words), "".join(self._bold)
        text = one_line(raw)
        kind = self._kinds[-1] if self._kinds else ""
        self._words, self._bold, self._only_bold = [], [], True
        if not (text[:1].isalnum() or any(character.isalnum() for character in text)):
            return
        if kind in _HEADINGS:
            self._level = _HEADINGS[kind]
            self.blocks.append(Block(BlockKind.HEADING, text, level=self._level))
        elif kind in _ASKS:
            self.blocks.append(Block(BlockKind.HEADING, text, level=self._level + 1))
        elif kind == "li":
            self.blocks.append(Block(BlockKind.ITEM, text, level=self._kinds.count("li")))
        else:
            heading = bold_line(text, one_line(bold), self._level + 1) if bold else None
            self.blocks.append(heading or Block(BlockKind.PARAGRAPH, text))


def _left_out(node: Node) -> bool:
    if node.tag in _WITHDRAWN:
        return True
    return node.tag in _REMARKED and bool(_REMARKS.intersection((node.attributes.get("class") or "").split()))


def _next_words(node: Node) -> str:
    """Return the element that follows a node with nothing but white space between; empty when words follow."""
    following = node.next
    while following is not None and following.is_text_node and not (following.text_content or "").strip():
        following = following.next
    return (following.tag or "") if following is not None and following.is_element_node else ""


def _lines(cell: Node) -> list[str]:
    """Return the paragraphs and list items inside a table cell."""
    return [block.text for block in blocks_of(cell)]
