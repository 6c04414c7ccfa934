"""An article whose every edition moves its sentences, so that an index of one and the text of another cannot agree."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.answer import Answer
from tests.small import KITCHEN, PAGES, write_pages

QUESTION = "Who writes the menu, the head chef or the sous chef?"
_EDITION = re.compile(r"writes the menu of edition (\d+)\.")


def write_edition(folder: Path, number: int) -> Path:
    """Write the articles with this edition of the menu: as many sentences stand before it."""
    fillers = "\n".join(f"The Head Chef peels onion {n} of edition {number}." for n in range(number))
    page = PAGES[KITCHEN].replace("writes the menu each season.", f"writes the menu of edition {number}.")
    page = page.replace("## Menu\n\n", f"## Onions\n\n{fillers}\n\n## Menu\n\n" if number else "## Menu\n\n")
    return write_pages(folder, PAGES | {KITCHEN: page})


def edition(answer: Answer) -> int:
    """Return the one edition that an answer is made of; raise AssertionError when it is none or several."""
    citations = [citation for claim in answer.claims for citation in claim.citations]
    for citation in citations:
        span = citation.sentence.span
        assert citation.quote == citation.article.text[span.start : span.end]
    cited = [found for citation in citations for found in _EDITION.findall(citation.quote)]
    read = {
        found
        for citation in citations
        if citation.article.id == KITCHEN
        for found in re.findall(r"edition (\d+)", citation.article.text)
    }
    assert cited, answer
    assert len(read) == 1, read
    assert set(cited) == read
    return int(cited[0])
