"""Build an Article from blocks: the canonical text, the sections, the sentences with their roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.abbreviations import with_abbreviations
from corpus.article import Article, Section, Sentence, Span
from corpus.attribution import attribute
from corpus.catalogue import Catalogue
from corpus.people import People, people_of
from corpus.reading.blocks import Block, BlockKind, FrontMatter, without_emblems
from corpus.reading.headings import topic_of
from corpus.reading.titles import joined_in_title, roles_in_title
from corpus.role_finder import Mention, RoleFinder
from corpus.sentences import split_sentences
from corpus.words import words

_SIDES, _TITLE_LEVEL = 2, 1  # roles of a comparison; of a heading that speaks for the whole article, so for no part
_BETWEEN_WORDS = re.compile(r"\W+")
_LEADS_IN = ":"
_BEFORE_A_ROLE = frozenset({"the", "a", "an", "for"})


@dataclass(slots=True)
class _Draft:
    """A section while it is read: where its sentences stand, and the role that a table column gives them."""

    heading: str
    under: str = ""  # the heading above it, which may name its role
    spans: list[Span] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    leads: list[tuple[str, ...]] = field(default_factory=list)  # the lines above a list item, nearest first


def assemble(article_id: str, blocks: Sequence[Block], matter: FrontMatter, catalogue: Catalogue) -> Article:
    """Return the article that the blocks make. Roles come from front matter, title, or what the text names most."""
    title = without_emblems(matter.title or _title(blocks, article_id))
    stated = _stated_roles(matter, title, blocks, catalogue)
    known = catalogue.with_roles(stated)
    body = [block for block in blocks if block.kind is not BlockKind.HEADING or _letters(block.text) != _letters(title)]
    text, drafts = _lay_out(list(_oriented(body, known)), title)
    roles = stated or _named_most(title, text, drafts, known)
    known = with_abbreviations(known, text, roles)
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


def _letters(heading: str) -> str:
    """Return what two headings have in common that differ in capitals, pictures and points alone."""
    return _BETWEEN_WORDS.sub(" ", heading).casefold().strip() or heading


def _oriented(blocks: Sequence[Block], catalogue: Catalogue) -> Iterator[Block]:
    """Turn tables so that rows are topics and columns are roles, and leave out the headers of the rows.

    The first column holds the headers of the rows unless its own header names a role: then it is a side of its own.
    """
    topics = True
    for block in blocks:
        if block.kind is not BlockKind.CELL:
            yield block
            continue
        if block.text == block.row:
            topics = not _names_a_role(block.column, catalogue)
            if topics:
                continue
        if not topics:
            yield replace(block, row="")
        elif _names_a_role(block.row, catalogue) and not _names_a_role(block.column, catalogue):
            yield replace(block, row=block.column, column=block.row)
        else:
            yield block


def _names_a_role(header: str, catalogue: Catalogue) -> bool:
    return _only_a_role(header, catalogue.find_roles(header, misspelt=False))


def _only_a_role(heading: str, mentions: Sequence[Mention]) -> bool:
    """Say whether a heading names one role and nothing else: "The Recruiters:"."""
    return len(mentions) == 1 and all(
        mentions[0].span.start <= word.span.start < mentions[0].span.end or word.form in _BEFORE_A_ROLE
        for word in words(heading)
    )


def _lay_out(blocks: Sequence[Block], title: str) -> tuple[str, list[_Draft]]:
    """Write the canonical text and note where every sentence stands in it."""
    parts, end = [title], len(title)  # of the text, which is joined once at the end
    above: list[Block] = []  # the headings over a block, outermost first
    leads: list[Block] = []  # the lines over a list item, outermost first
    drafts = [_Draft("")]
    last_label = max((n for n, block in enumerate(blocks) if block.label), default=-1)
    for number, block in enumerate(blocks):
        opening = ("\n" if block.kind is BlockKind.ITEM else "\n\n") + (f"{block.label}: " if block.label else "")
        parts += [opening, block.text]
        start, end = end + len(opening), end + len(opening) + len(block.text)
        if block.kind is BlockKind.HEADING:
            above = [*[outer for outer in above if _TITLE_LEVEL < outer.level < block.level], block]
            drafts.append(_under(above))
            leads = []
            continue
        heading = block.row or block.label
        before = blocks[max(number - 1, 0)]
        if heading and heading != drafts[-1].heading:
            drafts.append(_Draft(heading, under=_under(above).heading))
        elif not heading and before.kind is BlockKind.PARAGRAPH and number == last_label + 1 > 0:
            drafts.append(_Draft(""))  # what follows the last labelled paragraph belongs to no topic
        elif not heading and before.kind is not BlockKind.PARAGRAPH and _leaves(block, before):
            drafts.append(_under(above))
        leads = [lead for lead in leads if _leads(lead, block)]
        _add_sentences(drafts[-1], block, start, tuple(lead.text for lead in reversed(leads)))
        leads.append(block)
    return "".join(parts), [draft for draft in drafts if draft.spans]


def _under(headings: Sequence[Block]) -> _Draft:
    """Open a section under the last of these headings."""
    outer, heading = ["", "", *(block.text for block in headings)][-2:]
    return _Draft(heading, under=outer)


def _leaves(block: Block, before: Block) -> bool:
    """Say whether the topics of a table or a list end before this block."""
    return block.kind is not BlockKind.CELL and bool(before.row or before.label)


def _leads(lead: Block, block: Block) -> bool:
    """Say whether a list item stands under an earlier line: "The Recruiter:", or an item that is less far in."""
    if block.kind is not BlockKind.ITEM:
        return False
    return lead.level < block.level if lead.kind is BlockKind.ITEM else lead.text.endswith(_LEADS_IN)


def _add_sentences(draft: _Draft, block: Block, offset: int, leads: tuple[str, ...]) -> None:
    spans = split_sentences(block.text, offset)
    draft.spans += spans
    draft.columns += [block.column] * len(spans)
    draft.leads += [leads] * len(spans)


def _stated_roles(matter: FrontMatter, title: str, blocks: Sequence[Block], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the roles of front matter or title; a page may name them in its headings or over its tables alone."""
    stated = matter.roles or roles_in_title(title) or _joined_roles(title, blocks, catalogue)
    if not stated:
        headings = [roles_in_title(block.text) for block in blocks if block.kind is BlockKind.HEADING]
        stated = tuple(name for names in headings if _are_titles(names, catalogue) for name in names)
    if not stated:
        over = tuple(dict.fromkeys(block.column for block in blocks if block.column and block.text != block.row))
        stated = over if len(over) == _SIDES and _are_titles(over, catalogue) else ()
    return tuple(dict.fromkeys(catalogue.canonical_role(name) for name in stated))


def _are_titles(names: Sequence[str], catalogue: Catalogue) -> bool:
    return all(catalogue.find_titles(name) or _names_a_role(name, catalogue) for name in names)


def _named_most(title: str, text: str, drafts: Sequence[_Draft], catalogue: Catalogue) -> tuple[str, ...]:
    places = [title] * len(drafts) + [draft.heading for draft in drafts] + [text]
    named = Counter(
        mention.roles[0]
        for place in places
        for mention in catalogue.find_roles(place, misspelt=False)
        if len(mention.roles) == 1
    )
    return tuple(role for role, _ in named.most_common(_SIDES))


def _joined_roles(title: str, blocks: Sequence[Block], catalogue: Catalogue) -> tuple[str, ...]:
    """Read "Payroll Clerk and HR Officer: who does what" when all sides end in a job title.

    Of three or more one job title tells what is listed: "Gaffer, Key Grip and Script Supervisor" are roles, if the
    article speaks of the others like of people, "the gaffer".
    """
    for sides in joined_in_title(title):
        titled = [side for side in sides if _are_titles([side], catalogue)]
        if len(sides) > _SIDES and titled:
            text = "\n".join(block.text for block in blocks)
            titled += [side for side in set(sides) - set(titled) if _is_spoken_of(side, text)]
        if len(titled) == len(sides):
            return sides
    return ()


def _is_spoken_of(name: str, text: str) -> bool:
    """Say whether a text has a name with an article before it, more than once."""
    return len(re.findall(rf"\b(?:an?|the) {re.escape(name)}\b", text, re.I)) > 1


def _sections(text: str, drafts: Sequence[_Draft], roles: tuple[str, ...], catalogue: Catalogue) -> tuple[Section, ...]:
    quoted = [[text[span.start : span.end] for span in draft.spans] for draft in drafts]
    finder = catalogue.finder_for(roles).having_read(quote for quotes in quoted for quote in quotes)
    people = people_of(quoted, finder, catalogue.find_titles)
    sections: list[Section] = []
    number = 1
    for draft, quotes in zip(drafts, quoted, strict=True):
        sentences = _sentences(quotes, draft, roles, finder, people, number)
        if not sentences:
            continue
        number += len(sentences)
        heading = draft.heading
        if draft.under and _only_a_role(heading, finder.find(heading)):  # "Recruiter" under "Budget" is about budgets
            heading = draft.under
            if sections and sections[-1].heading == heading:
                sections[-1] = replace(sections[-1], sentences=(*sections[-1].sentences, *sentences))
                continue
        over = (topic_of(name, finder, catalogue) for name in (heading, draft.under) if name)
        topic = next((topic for topic in over if topic), None)
        sections.append(Section(heading, topic, sentences))
    return tuple(sections)


def _sentences(
    quotes: Sequence[str], draft: _Draft, roles: tuple[str, ...], finder: RoleFinder, people: People, number: int
) -> tuple[Sentence, ...]:
    """Return the sentences of a section, numbered from `number`, with the roles of their columns, headings or words.

    A line that only leads in what follows ("Her duties are:") says nothing that could be cited.
    """
    attributed = attribute(quotes, roles, finder, draft.under, draft.heading, leads=draft.leads, people=people)
    in_columns = (_roles_in(column, finder) for column in draft.columns)
    said = [
        (span, in_column or about)
        for span, quote, in_column, about in zip(draft.spans, quotes, in_columns, attributed, strict=True)
        if not quote.endswith(_LEADS_IN)
    ]
    return tuple(Sentence(at, span, about) for at, (span, about) in enumerate(said, start=number))


def _roles_in(column: str, finder: RoleFinder) -> tuple[str, ...]:
    return tuple(role for mention in finder.find(column) for role in mention.roles) if column else ()
