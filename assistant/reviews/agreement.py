"""How far reviewers agree: Cohen's kappa of each two who judged the same claims, or the same refusals.

J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20 (1960): the
share of equal verdicts, less the share that two would reach by chance, over what is left above chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.reviews.nouns import ON_REFUSALS, Judgement, Verdict
from assistant.reviews.words import last_words


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers, how many claims or refusals both judged, the share of equal verdicts (0..1), and kappa (-1..1).

    `kappa` is None where chance alone makes all verdicts equal: both always found the same. Refusals count apart, for
    no verdict on one can be given on a claim: together they would seem to agree by more than chance.
    """

    reviewers: tuple[str, str]
    on_refusals: bool
    count: int
    equal: float
    kappa: float | None


def agreement(verdicts: Iterable[Verdict]) -> tuple[Agreement, ...]:
    """Return the agreement of each two reviewers with something in common; of each of them the last word counts."""
    found: defaultdict[str, dict[tuple[str, int], Judgement]] = defaultdict(dict)
    for (answer_id, claim, reviewer), verdict in last_words(verdicts).items():
        found[reviewer][answer_id, claim] = verdict.judgement
    pairs = []
    for one, other in combinations(sorted(found), 2):
        shared = [(found[one][place], found[other][place]) for place in sorted(found[one].keys() & found[other].keys())]
        for on_refusals in (False, True):
            judged = [pair for pair in shared if (pair[0] in ON_REFUSALS) is on_refusals]
            if judged:
                equal = sum(mine is yours for mine, yours in judged) / len(judged)
                pairs.append(Agreement((one, other), on_refusals, len(judged), equal, kappa(judged)))
    return tuple(pairs)


def kappa(judged: Sequence[tuple[Judgement, Judgement]]) -> float | None:
    """Return Cohen's kappa of pairs of verdicts (at least one), None when it is not defined."""
    count = len(judged)
    observed = sum(mine is yours for mine, yours in judged) / count
    ours, theirs = Counter(mine for mine, _ in judged), Counter(yours for _, yours in judged)
    by_chance = sum(ours[one] * theirs[one] for one in Judgement) / count**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
