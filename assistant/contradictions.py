"""Where sentences and questions contradict each other: false premises, and articles that disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from assistant.answer import Citation, Claim, Evidence, Verdict
from assistant.checks.naming import Naming
from assistant.checks.wording import read
from assistant.intent import Intent
from assistant.premises import Premise, Stance, premise_of, stance
from assistant.question import Question
from assistant.question_words import AUXILIARY
from assistant.times import names_another_time
from corpus.article import Article
from corpus.words import forms, word_list, words

_STATED = re.compile(
    r"\W*(?:and |but |so )?(?:since|given|because|as|considering|seeing that|now that|assuming)\b", re.I
)
_WHY = re.compile(r"\W*(?:and |but |so )?(?:why|how come|for what reason)\b", re.I)
_AUXILIARY = re.compile(rf"{AUXILIARY}(?:n['’]t)?\s+", re.I)
_FEWEST_WORDS = 2  # of content in what a role is said to do
_EMPTY = word_list("function") | word_list("plain")
_LIKELY = 0.9  # relevance from which a sentence speaks of the very thing that is asked: a cautious guess
_LOOKED_AT = 8  # ranked sentences, a guess: what contradicts a question is about it, and so stands near the top


def judged(question: Question, claims: Sequence[Claim], naming: Naming) -> tuple[Claim, ...]:
    """Return the claims, those marked as contradicting that say the opposite of what the question takes for granted.

    So does one that names another day, month or season than is asked about: "is it due on Monday?".
    """
    premise = premise_of(question.text)
    elsewhen = [names_another_time(claim.text, question.text) for claim in claims]
    if question.intent is Intent.YES_NO and elsewhen and all(elsewhen):
        return (replace(claims[0], verdict=Verdict.CONTRADICTED), *claims[1:])
    if premise is None or premise.asked:  # what is asked to be confirmed is a question, no premise
        return tuple(claims)
    return tuple(
        replace(claim, verdict=Verdict.CONTRADICTED)
        if any(_against(premise, question.roles, citation, naming) for citation in claim.citations)
        else claim
        for claim in claims
    )


def against_premise(question: Question, ranked: Sequence[Evidence], naming: Naming) -> Evidence | None:
    """Return the first of the best ranked sentences that says the opposite of what the question takes for granted."""
    premise = premise_of(question.text)
    if premise is None or premise.asked:
        return None
    looked_at = ranked[:_LOOKED_AT]
    return next((one for one in looked_at if stance(premise, question.roles, one, naming) is Stance.CONTRADICTED), None)


def unspoken_premise(question: Question, found: Sequence[Evidence], naming: Naming, *, unsure: bool) -> str | None:
    """Return what a question says is so, if no article speaks of it; `unsure` whether what was `found` answers.

    That is what it openly says ("Since X, who ...?"), and what a role is said to do when the reason is asked for. Such
    a reason is often given by a sentence in quite other words, so that only what answers nothing speaks against it.
    """
    premise = premise_of(question.text)
    if premise is None:
        return None
    if _STATED.match(question.text):
        return premise.text if unsure or unspoken(premise.text, found, naming) else None
    if unsure and _WHY.match(question.text) and _is_a_deed(premise, question, found, naming):
        return _stated(premise, found[0], naming)
    return None


def _stated(premise: Premise, found: Evidence, naming: Naming) -> str:
    """Return a premise as a statement: "the usher does own a torch" for "does the usher own a torch"."""
    asked = _AUXILIARY.match(premise.text)
    mentions = naming.around(found.article).find(premise.text)
    if not asked or not mentions:
        return premise.text
    end = mentions[0].span.end
    return f"{premise.text[asked.end() : end]} {asked.group().strip()}{premise.text[end:]}"


def _is_a_deed(premise: Premise, question: Question, found: Sequence[Evidence], naming: Naming) -> bool:
    """Say whether a premise is of a role that does something: "does the usher own a torch", not "is it hard"."""
    if not question.roles or not found:
        return False
    said = read(premise.text, naming.around(found[0].article))
    return bool(said.items) and bool(said.items[0].roles) and len(said.content()) >= _FEWEST_WORDS


def unspoken(premise: str, found: Sequence[Evidence], naming: Naming) -> bool:
    """Say whether half the words of a premise or more stand nowhere in the article of the best sentence found."""
    if not found:
        return True
    article = found[0].article
    spans = [mention.span for mention in naming.around(article).find(premise)]
    content = [
        word.form
        for word in words(premise)
        if word.form not in _EMPTY and not any(span.start <= word.span.start < span.end for span in spans)
    ]
    spoken = set(forms(article.text))
    return bool(content) and sum(form not in spoken for form in content) >= len(content) / 2


def conflicts(claims: Sequence[Claim], evidence: Sequence[Evidence], naming: Naming) -> tuple[tuple[int, int], ...]:
    """Return the pairs of claims (by their places) in which two articles disagree on the same role.

    They do when one says the opposite of the other, or when their authors are known to disagree and both speak, by
    the score of the `evidence` they rest on, of the very thing that is asked.
    """
    likely = {(one.article.id, one.sentence.number) for one in evidence if one.score >= _LIKELY}
    return tuple(
        (first, second)
        for (first, one), (second, other) in combinations(enumerate(claims), 2)
        if set(one.roles) & set(other.roles) and _disagree(one, other, likely, naming)
    )


def authors_disagree(one: Article, other: Article) -> bool:
    """Say whether one of two articles is marked as seeing a point or two differently from the other."""
    return one.disagrees_with == other.id or other.disagrees_with == one.id


def _disagree(one: Claim, other: Claim, likely: set[tuple[str, int]], naming: Naming) -> bool:
    here, there = one.citations[0], other.citations[0]
    if here.article.id == there.article.id:
        return False
    sure = likely.issuperset((cited.article.id, cited.sentence.number) for cited in (here, there))
    if sure and authors_disagree(here.article, there.article) and one.topic and one.topic == other.topic:
        return True
    return _against(Premise(here.quote), one.roles, there, naming)


def _against(premise: Premise, roles: Sequence[str], citation: Citation, naming: Naming) -> bool:
    evidence = Evidence(citation.article, citation.section, citation.sentence, 1.0)
    return stance(premise, roles, evidence, naming) is Stance.CONTRADICTED
