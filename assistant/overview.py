"""Answers that need no search: every topic of a comparison as a table, and what a role does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Claim, Comparison, Evidence, Row
from assistant.claims import supported
from assistant.ground import Ground
from assistant.writer import Writer
from corpus.article import Article, Section, Sentence
from corpus.catalogue import SUMMARY
from corpus.library import Library
from corpus.words import forms, word_list

_DESCRIBED_TOPICS = 2  # what the job is about, short enough to read; more is one question away
_SHARED_TOPICS = 6  # in which two roles are alike, as many as an answer of several parts may have sentences
_PAIR = 2

# Opens a sentence that goes on with the one before it.
_GOES_ON = re.compile(
    r"\W*(?:they|them|their|he|his|she|her|it|its|this|these|those|such|so|but|and|yet|nor|or|however|therefore|thus|"
    r"hence|then|instead|still|also|otherwise|meanwhile|conversely|similarly|likewise|nevertheless|nonetheless|moreover|"
    r"furthermore|besides|consequently|accordingly|(?:oddly|strangely|curiously) enough|(?:by|in) contrast|"
    r"in (?:return|turn|addition|other words|that case)|on the (?:other hand|contrary)|for (?:example|instance)|"
    r"as a result|(?:after|from) (?:that|this|there|then)|the (?:former|latter|other|same))\b",
    re.I,
)
# Points to several things, which a plural or a list before it may be.
_POINTS_BACK = re.compile(r"\b(?:them|these|those)\b", re.I)
_SEVERAL = re.compile(r"(?!(?:is|was|has|does|its|his|this|as|less)\b)\b[^\W_]+s\b(?!['’])|\band\b", re.I)
# Points to what was named before, wherever it stands: "where that list ends", "known to the latter".
_REFERS_BACK = re.compile(
    r"\b(?:the (?:former|latter)|(?:of|in|on|for|with|at|by|to|from|behind|under|where|when|if|after|before|until|than|"
    r"like) (?:that|such an?) (?!of\b)[a-z]+)\b",
    re.I,
)
_DENIES = re.compile(r"\b(?:nothing|never|not|none|nobody|hardly|(?:less|little) to do)\b|n['’]t\b", re.I)
_UNNAMED, _LEANING = 4, 2  # how much weaker than one that only denies something: it need not be about the role at all
# Says what two have in common; sets them against each other.
_TOGETHER = word_list("together")
_UNLIKE = re.compile(
    r"\b(?:but|while|whereas|unlike|differ\w*|separat\w*|contrast\w*|than|though|although|however|the (?:one|other))\b",
    re.I,
)


def article_comparing(library: Library, roles: Sequence[str]) -> Article | None:
    """Return the article that compares most of these roles; without roles, the only article there is."""
    articles = list(library.articles.values())
    if len(roles) < _PAIR:
        return articles[0] if len(articles) == 1 else None
    best = max(articles, key=lambda article: len(set(roles) & set(article.roles)))
    return best if len(set(roles) & set(best.roles)) >= _PAIR else None


def compare(article: Article, roles: Sequence[str], writer: Writer) -> tuple[tuple[Claim, ...], Comparison]:
    """Return a claim for each topic and role, and the table of them; a cell that nothing is said about is None."""
    lines = []
    for section in _topics(article):
        found = [sentence_about(article, section, role) for role in roles]
        lines.append((section.heading, [Evidence(article, section, one, 1.0) if one else None for one in found]))
    return _table(roles, lines, writer)


def compose(library: Library, roles: Sequence[str], writer: Writer) -> tuple[tuple[Claim, ...], Comparison]:
    """Compare roles that no article compares: for each topic a sentence on each role, from whatever article has one.

    Only topics of which two of them at least have a sentence are compared; each stands once.
    """
    found = {role: _by_topic(library.about(role), role) for role in roles}
    topics = dict.fromkeys(topic for role in roles for topic in found[role])
    shared = [topic for topic in topics if sum(topic in found[role] for role in roles) >= _PAIR]
    lines = [(topic.capitalize(), [found[role].get(topic) for role in roles]) for topic in shared]
    return _table(roles, lines, writer)


def treated_besides(library: Library, roles: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return for each role the topics that the articles treat for it and that `compose` has nothing to set against."""
    found = {role: _by_topic(library.about(role), role) for role in roles}
    return {
        role: tuple(topic for topic in found[role] if not any(topic in found[one] for one in roles if one != role))
        for role in roles
    }


def _table(
    roles: Sequence[str], lines: Iterable[tuple[str, Sequence[Evidence | None]]], writer: Writer
) -> tuple[tuple[Claim, ...], Comparison]:
    """Lay out evidence, one item for each role, under the headings of the lines; lines without any are left out."""
    claims: list[Claim] = []
    rows: list[Row] = []
    for heading, items in lines:
        cells: list[int | None] = []
        for role, item in zip(roles, items, strict=True):
            kept = supported(writer.write([item], [role])) if item else ()
            cells.append(len(claims) if kept else None)
            claims += kept
        if any(cell is not None for cell in cells):
            rows.append(Row(heading, tuple(cells)))
    return tuple(claims), Comparison(tuple(roles), tuple(rows))


def _by_topic(articles: Sequence[Article], role: str) -> dict[str, Evidence]:
    """Return for each topic the first sentence about a role that stands alone, the earlier article first."""
    found: dict[str, Evidence] = {}
    for item in (item for article in articles for item in _about(article, role)):
        if item.section.topic and _stands_alone(item):
            found.setdefault(item.section.topic, item)
    return found


def under_a_heading(library: Library, ground: Ground | None, roles: Sequence[str]) -> tuple[Evidence, ...]:
    """Return the best sentence of a section about each of the roles that its article compares, of all without any."""
    if ground is None or ground.section is None:
        return ()
    article = library.articles[ground.article_id]
    section = article.sections[ground.section]
    about = [role for role in roles if role in article.roles] or article.roles
    found = (sentence_about(article, section, role) for role in about)
    return tuple(Evidence(article, section, one, 1.0) for one in dict.fromkeys(found) if one)


def describe(article: Article, role: str) -> tuple[Evidence, ...]:
    """Return a sentence about a role for each of the first topics of an article that have one which stands alone."""
    return described(article, role)[:_DESCRIBED_TOPICS]


def described(article: Article, role: str) -> tuple[Evidence, ...]:
    """Return a sentence about a role for each topic of an article; those that lean on others come last."""
    return tuple(sorted(_about(article, role), key=lambda item: not _stands_alone(item)))


def _about(article: Article, role: str) -> list[Evidence]:
    """Return the best sentence about a role of every topic that has one."""
    return [
        Evidence(article, section, sentence, 1.0)
        for section in _topics(article)
        if (sentence := sentence_about(article, section, role))
    ]


def in_common(article: Article, roles: Sequence[str]) -> tuple[Evidence, ...]:
    """Return for each topic the first sentence that says of all these roles that they are something, or act, as one."""
    found = (
        next((one for one in section.sentences if set(roles) <= set(one.roles) and _as_one(article, one)), None)
        for section in _topics(article)
    )
    return tuple(
        Evidence(article, section, sentence, 1.0)
        for section, sentence in zip(_topics(article), found, strict=True)
        if sentence
    )[:_SHARED_TOPICS]


def sentence_about(article: Article, section: Section, role: str) -> Sentence | None:
    """Return the sentence of a section that best says alone what holds for `role`, the first of equally good ones.

    One about the role alone comes before one about it and others; a question that the author puts ("Where should we be
    in a few years?") states nothing and comes last. A sentence that needs the one before it ("has less to do with
    them"), or only says what somebody does not do, gives way to one that stands alone.
    """
    about = [sentence for sentence in section.sentences if role in sentence.roles]
    return min(about, key=lambda sentence: _weakness(article.quote(sentence.span), sentence, role), default=None)


def _weakness(quote: str, sentence: Sentence, role: str) -> tuple[bool, bool, int]:
    unnamed = set(forms(role)).isdisjoint(forms(quote))
    weak = _UNNAMED * unnamed + _LEANING * _leans(quote) + bool(_DENIES.search(quote))
    return quote.endswith("?"), sentence.roles != (role,), weak


def _leans(quote: str) -> bool:
    """Say whether a sentence goes on with the one before it, or points to something that stands there."""
    pointing = _POINTS_BACK.search(quote)
    if _GOES_ON.match(quote) or _REFERS_BACK.search(quote):
        return True
    return bool(pointing and not _SEVERAL.search(quote[: pointing.start()]))


def _stands_alone(item: Evidence) -> bool:
    quote = item.article.quote(item.sentence.span)
    return not quote.endswith("?") and not _leans(quote)


def _as_one(article: Article, sentence: Sentence) -> bool:
    """Say whether a sentence speaks of roles as one, up to where it sets them against each other, if it does."""
    alike = _UNLIKE.split(article.quote(sentence.span), maxsplit=1)[0]
    return not _TOGETHER.isdisjoint(forms(alike))


def _topics(article: Article) -> list[Section]:
    return [section for section in article.sections if section.heading and section.topic != SUMMARY]
