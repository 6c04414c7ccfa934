"""Build an Article from blocks: the canonical text, the sections, the sentences with their roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.article import Article, Section, Sentence, Span
from corpus.attribution import attribute
from corpus.catalogue import Catalogue
from corpus.reading.blocks import Block, BlockKind, FrontMatter
from corpus.reading.titles import joined_in_title, roles_in_title
from corpus.sentences import split_sentences

_SIDES = 2


@dataclass(slots=True)
class _Draft:
    """A section while it is read: where its sentences stand, and the role that a table column gives them."""

    heading: str
    under: str = ""  # the heading above a labelled item, which may name its role
    spans: list[Span] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)


def assemble(article_id: str, blocks: Sequence[Block], matter: FrontMatter, catalogue: Catalogue) -> Article:
    """Return the article that the blocks make. Roles come from front matter, title, or what the text names most."""
    title = matter.title or _title(blocks, article_id)
    text, drafts = _lay_out([block for block in blocks if not _is_title(block, title)], title)
    roles = _roles(matter, title, text, drafts, catalogue)
    known = catalogue.with_roles(roles)
    return Article(
        id=article_id,
        title=title,
        text=text,
        roles=roles,
        sections=_sections(text, drafts, roles, known),
        summary=matter.summary,
        date=matter.date,
        source=matter.source,
        disagrees_with=matter.disagrees_with,
    )


def _title(blocks: Sequence[Block], article_id: str) -> str:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    top = next((block.text for block in headings if block.level == 1), None)
    return top or next((block.text for block in headings), article_id.replace("-", " "))


def _is_title(block: Block, title: str) -> bool:
    return block.kind is BlockKind.HEADING and block.text == title


def _lay_out(blocks: Sequence[Block], title: str) -> tuple[str, list[_Draft]]:
    """Write the canonical text and note where every sentence stands in it."""
    text = title
    outer = ""
    drafts = [_Draft("")]
    last_label = max((n for n, block in enumerate(blocks) if block.label), default=-1)
    for number, block in enumerate(blocks):
        text += "\n\n" if block.kind is not BlockKind.ITEM else "\n"
        if block.kind is BlockKind.HEADING:
            drafts.append(_Draft(block.text))
            outer = block.text
            text += block.text
            continue
        heading = block.row or block.label
        closing = last_label >= 0 and number == last_label + 1  # what follows the last topic belongs to none
        if closing or (heading and heading != drafts[-1].heading):
            drafts.append(_Draft(heading, under=outer if block.label else ""))
        if block.label:
            text += f"{block.label}: "
        _add_sentences(drafts[-1], block, len(text))
        text += block.text
    return text, [draft for draft in drafts if draft.spans]


def _add_sentences(draft: _Draft, block: Block, offset: int) -> None:
    spans = split_sentences(block.text)
    draft.spans += [Span(offset + span.start, offset + span.end) for span in spans]
    draft.columns += [block.column] * len(spans)


def _roles(
    matter: FrontMatter, title: str, text: str, drafts: Sequence[_Draft], catalogue: Catalogue
) -> tuple[str, ...]:
    stated = matter.roles or roles_in_title(title) or _joined_roles(title, catalogue)
    if stated:
        return tuple(dict.fromkeys(catalogue.canonical_role(name) for name in stated))
    places = [title] * len(drafts) + [draft.heading for draft in drafts] + [text]
    named = Counter(
        mention.roles[0]
        for place in places
        for mention in catalogue.find_roles(place, misspelt=False)
        if len(mention.roles) == 1
    )
    return tuple(role for role, _ in named.most_common(_SIDES))


def _joined_roles(title: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Read "Payroll Clerk and HR Officer: who does what" when both sides end in a job title."""
    sides = joined_in_title(title)
    return sides if sides and all(catalogue.find_titles(side) for side in sides) else ()


def _sections(text: str, drafts: Sequence[_Draft], roles: tuple[str, ...], catalogue: Catalogue) -> tuple[Section, ...]:
    finder = catalogue.finder_for(roles)
    sections: list[Section] = []
    number = 0
    for draft in drafts:
        quotes = [text[span.start : span.end] for span in draft.spans]
        attributed = attribute(quotes, roles, finder, f"{draft.under} {draft.heading}")
        sentences = []
        for span, column, about in zip(draft.spans, draft.columns, attributed, strict=True):
            number += 1
            in_column = tuple(role for mention in finder.find(column) for role in mention.roles)
            sentences.append(Sentence(number, span, in_column or about))
        sections.append(Section(draft.heading, catalogue.topic_of_heading(draft.heading), tuple(sentences)))
    return tuple(sections)
