"""An answer as Markdown and as the JSON object of the contract. Citations get their numbers here and nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from assistant.answer import SCHEMA, Answer, Citation, Claim
from assistant.dates import in_words

Marker = Callable[[Citation, int], str]

_OPENS_BLOCK = re.compile(r"^(\d*)([-+=.)])")  # a list item, an underlined heading or a rule
# A few words that are no sentence, a table cell above all, say little without the header of their row: "Decides".
_FEWEST_WORDS, _SENTENCE_ENDS = 7, (".", "!", "?", "…", "”", '"', ")")
NOT_STATED = "not stated in the articles"


def plain_marker(_citation: Citation, number: int) -> str:
    """Mark a citation as `[1]`."""
    return f"[{number}]"


def to_markdown(answer: Answer, marker: Marker = plain_marker) -> str:
    """Return what a person reads. `marker` draws a citation's number (the chat page makes links of them)."""
    numbers = {citation: number for number, citation in enumerate(answer.citations(), start=1)}

    def marks(claim: Claim) -> str:
        return "".join(marker(citation, numbers[citation]) for citation in claim.citations)

    body = _table(answer, marks) if answer.comparison else "\n\n".join(_line(claim, marks) for claim in answer.claims)
    remark = checked_remark(answer.checked) if answer.checked else ""
    return "\n\n".join(part for part in (remark, escape(answer.message), body) if part)


def checked_remark(day: dt.date | None) -> str:
    """Return the line over an answer that a reviewer has approved; without a day, how such a line begins."""
    return f"*Checked by HR on {in_words(day)}.*" if day else "*Checked by HR on "


def to_object(answer: Answer) -> dict[str, Any]:
    """Return the answer object of the contract, ready for JSON; its keys are in a fixed order."""
    citations = answer.citations()
    numbers = {citation: number for number, citation in enumerate(citations, start=1)}
    return {
        "schema": SCHEMA,
        "id": answer.id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "outcome": answer.outcome.value,
        "reason": answer.reason.value if answer.reason else None,
        "markdown": to_markdown(answer),
        "claims": [_claim(claim, numbers) for claim in answer.claims],
        "citations": [_citation(citation, numbers[citation]) for citation in citations],
        "conflicts": [list(pair) for pair in answer.conflicts],
        "suggestions": list(answer.suggestions),
        "confidence": round(answer.confidence, 4),
        "elapsed_ms": answer.elapsed_ms,
        **({"checked": {"on": answer.checked.isoformat()}} if answer.checked else {}),
    }


def to_text(answer: Answer) -> str:
    """Return what is printed in a terminal: the answer, then its numbered sources with their exact words."""
    sources = "\n".join(
        f"[{number}] “{citation.quote}” ({citation.article.title}; {citation.url})"
        for number, citation in enumerate(answer.citations(), start=1)
    )
    ask_next = "\n".join(["You could ask:", *(f"- {question}" for question in answer.suggestions)])
    return "\n\n".join(part for part in (to_markdown(answer), sources, ask_next if answer.suggestions else "") if part)


def _line(claim: Claim, marks: Callable[[Claim], str]) -> str:
    under = f"*{escape(heading)}:* " if (heading := _heading_over(claim)) else ""
    return f"**{escape(' and '.join(claim.roles))}:** {under}{escape(claim.text)} {marks(claim)}"


def _heading_over(claim: Claim) -> str:
    """Return the heading that a claim needs to be understood, if it is too short to be by itself."""
    short = len(claim.text.split()) < _FEWEST_WORDS and not claim.text.endswith(_SENTENCE_ENDS)
    return claim.citations[0].section.heading.rstrip("?:. ") if short and claim.citations else ""


def _table(answer: Answer, marks: Callable[[Claim], str]) -> str:
    comparison = answer.comparison
    if comparison is None:
        return ""

    def cell(index: int | None) -> str:
        if index is None:
            return f"*{NOT_STATED}*"
        return f"{escape(answer.claims[index].text)} {marks(answer.claims[index])}"

    head = ["", *map(escape, comparison.roles)]
    rows = [[f"**{escape(row.heading)}**", *(cell(index) for index in row.cells)] for row in comparison.rows]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape(text: str) -> str:
    """Return article text as Markdown that shows it as it is: no markup, image, link or HTML comes to life."""
    special = "\\`*_{}[]<>#|~$!&"
    line = "".join(f"\\{character}" if character in special else character for character in " ".join(text.split()))
    return _OPENS_BLOCK.sub(r"\1\\\2", line)


def _claim(claim: Claim, numbers: dict[Citation, int]) -> dict[str, Any]:
    return {
        "text": claim.text,
        "roles": list(claim.roles),
        "topic": claim.topic,
        "verdict": claim.verdict.value,
        "citations": [numbers[citation] for citation in claim.citations],
    }


def _citation(citation: Citation, number: int) -> dict[str, Any]:
    span = citation.sentence.span
    return {
        "number": number,
        "article_id": citation.article.id,
        "article_title": citation.article.title,
        "heading": citation.section.heading,
        "roles": list(citation.sentence.roles),
        "quote": citation.quote,
        "start": span.start,
        "end": span.end,
        "url": citation.url,
    }
