"""From an answer object that was kept to an answer over the articles in use, or to nothing if they have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Citation, Claim, Comparison, Outcome, Reason, Row, Verdict
from assistant.render import NOT_STATED, checked_remark, to_markdown
from corpus.library import Library

_ESCAPED = re.compile(r"\\(.)")
_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"\*\*(.*)\*\*")


def rebuilt(stored: Mapping[str, Any], library: Library) -> Answer | None:
    """Return the answer; None when an article no longer has a sentence that it cites, or sees it about other roles."""
    found = {row["number"]: citation_of(row, library) for row in stored["citations"]}
    claims: list[Claim] = []
    for row in stored["claims"]:
        citations = tuple(citation for number in row["citations"] if (citation := found.get(number)))
        roles = tuple(row["roles"])
        if len(citations) < len(row["citations"]) or not all(set(roles) <= set(c.sentence.roles) for c in citations):
            return None
        claims.append(Claim(row["text"], roles, row["topic"], Verdict(row["verdict"]), citations))
    plain = Answer(
        id=stored["id"],
        question=stored["question"],
        standalone_question=stored["standalone_question"],
        outcome=Outcome(stored["outcome"]),
        reason=Reason(stored["reason"]) if stored["reason"] else None,
        claims=tuple(claims),
        confidence=stored["confidence"],
        conflicts=tuple((one, other) for one, other in stored["conflicts"]),
        suggestions=tuple(stored["suggestions"]),
    )
    return _laid_out(plain, stored["markdown"])


def citation_of(row: Mapping[str, Any], library: Library) -> Citation | None:
    """Return a citation whose words an article in use still has, under the same heading if they stand there twice."""
    article = library.articles.get(row["article_id"])
    fitting = [
        Citation(article, section, sentence)
        for section in (article.sections if article else ())
        for sentence in section.sentences
        if article and article.quote(sentence.span) == row["quote"]
    ]
    return next((one for one in fitting if one.section.heading == row["heading"]), fitting[0] if fitting else None)


def _laid_out(plain: Answer, markdown: str) -> Answer:
    """Return an answer with the table and the message that its Markdown shows besides the claims."""
    said, body = _parted(markdown, plain)
    table = _comparison(body, len(plain.claims)) if body.startswith("|") else None
    return replace(plain, comparison=table, message=_ESCAPED.sub(r"\1", said))


def _parted(markdown: str, plain: Answer) -> tuple[str, str]:
    """Part Markdown into the message and what shows the claims."""
    paragraphs = markdown.split("\n\n")
    if paragraphs and paragraphs[0].startswith(checked_remark(None)):
        paragraphs = paragraphs[1:]
    if paragraphs and paragraphs[-1].startswith("|"):
        return "\n\n".join(paragraphs[:-1]), paragraphs[-1]
    count = len(to_markdown(plain).split("\n\n")) if plain.claims else 0
    return "\n\n".join(paragraphs[: len(paragraphs) - count]), "\n\n".join(paragraphs[len(paragraphs) - count :])


def _comparison(table: str, claim_count: int) -> Comparison | None:
    """Read a table that `render` has drawn; None when it does not show every claim once, in order."""
    head, _, *lines = table.split("\n")
    following = iter(range(claim_count))
    rows = [_row(_cells(line), following) for line in lines]
    roles = tuple(_ESCAPED.sub(r"\1", name) for name in _cells(head)[1:])
    complete = next(following, None) is None and all(row is not None and len(row.cells) == len(roles) for row in rows)
    return Comparison(roles, tuple(row for row in rows if row)) if complete else None


def _row(cells: Sequence[str], following: Iterator[int]) -> Row | None:
    heading = _HEADING.fullmatch(cells[0])
    numbers = [None if cell == f"*{NOT_STATED}*" else next(following, None) for cell in cells[1:]]
    return Row(_ESCAPED.sub(r"\1", heading.group(1)), tuple(numbers)) if heading else None


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(line)[1:-1]]
