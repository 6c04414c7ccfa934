"""How far reviewers agree: Cohen's kappa of each two who judged the same claims.

J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20 (1960): the
share of equal verdicts, less the share that two would reach by chance, over what is left above chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.reviews.nouns import Judgement, Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers, on how many claims both have a verdict, the share of equal ones (0..1), and kappa (-1..1).

    `kappa` is None where chance alone makes all verdicts equal: both always found the same.
    """

    reviewers: tuple[str, str]
    claims: int
    equal: float
    kappa: float | None


def agreement(verdicts: Iterable[Verdict]) -> tuple[Agreement, ...]:
    """Return the agreement of each two reviewers with a claim in common; of each of them the last word counts."""
    found: defaultdict[str, dict[tuple[str, int], Judgement]] = defaultdict(dict)
    for verdict in verdicts:
        found[verdict.reviewer][verdict.answer_id, verdict.claim] = verdict.judgement
    pairs = []
    for one, other in combinations(sorted(found), 2):
        shared = sorted(found[one].keys() & found[other].keys())
        if shared:
            judged = [(found[one][claim], found[other][claim]) for claim in shared]
            equal = sum(mine is yours for mine, yours in judged) / len(judged)
            pairs.append(Agreement((one, other), len(judged), equal, kappa(judged)))
    return tuple(pairs)


def kappa(judged: Sequence[tuple[Judgement, Judgement]]) -> float | None:
    """Return Cohen's kappa of pairs of verdicts (at least one), None when it is not defined."""
    count = len(judged)
    observed = sum(mine is yours for mine, yours in judged) / count
    ours, theirs = Counter(mine for mine, _ in judged), Counter(yours for _, yours in judged)
    by_chance = sum(ours[one] * theirs[one] for one in Judgement) / count**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
