"""Train the encoder: a question lies near the sentences that answer it, far from all others of its article.

Each step takes two articles whole, so that every sentence of both is a negative for every question: on a CPU that is
forty times cheaper than to encode negatives for each question apart. The loss is the softmax over all sentences for
each part of an answer (InfoNCE, van den Oord et al. 2018, with several positives), and a logistic one that keeps what
answers above, and the hardest of what does not below, one common similarity: without it, scores of different questions
could not be compared.

Matrices are multiplied in bfloat16 on a processor that knows it (avx512_bf16, amx_bf16), which more than halves the
time; others would take a hundred times as long, and compute in full precision.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from index.training.examples import Example, TrainingSet
from index.training.network import encode, knows_bfloat16, load_body, load_tokenizer, schedule

EPOCHS = 2
RATE = 4e-5  # learning rate that suits all-mpnet-base-v2; a smaller model takes a higher one
QUESTIONS = 96  # of each article in a step
_LARGE, _LEFT_OUT = 12, (4, 8)  # from a model of so many layers these, counted from 0, are left out: it must be small
_HEADLESS_STEPS, _HEADLESS = 0.2, 0.1  # share of steps without any heading, and of headings left out in the others
_SHARED_WEIGHT = 0.5  # of the loss that makes similarities comparable
_SCALE, _SLOPE, _OFFSET = 3.0, 10.0, -6.0  # where the learned temperature (its logarithm) and threshold start
_THRESHOLD_RATE = 1e-3  # their learning rate

Step = list[tuple[str, list[Example]]]


@dataclass(slots=True)
class _Learned:
    body: Any
    tokenizer: Any
    scale: torch.nn.Parameter = field(default_factory=lambda: torch.nn.Parameter(torch.tensor(_SCALE)))
    line: torch.nn.Parameter = field(default_factory=lambda: torch.nn.Parameter(torch.tensor([_SLOPE, _OFFSET])))


def train_encoder(data: TrainingSet, base: Path, target: Path, rate: float = RATE, seed: int = 1) -> None:
    """Train from the weights in `base` and write transformer and tokenizer, in full precision, to `target`.

    `rate` is the learning rate at its highest.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    learned = _Learned(load_body(base), load_tokenizer(base))
    leave_out_layers(learned.body)
    trained = [weight for weight in learned.body.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": trained, "lr": rate}, {"params": [learned.scale, learned.line], "lr": _THRESHOLD_RATE}],
        weight_decay=0.01,
    )
    epochs = [list(steps(data)) for _ in range(EPOCHS)]
    rates = schedule(optimizer, sum(map(len, epochs)))
    learned.body.train()
    for step in tqdm([step for epoch in epochs for step in epoch], desc="encoder", disable=None):
        with torch.autocast("cpu", torch.bfloat16, enabled=knows_bfloat16()):
            loss = _loss(data, step, learned)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        rates.step()
        optimizer.zero_grad()
    learned.body.save_pretrained(str(target))
    learned.tokenizer.save_pretrained(str(target))


def leave_out_layers(body: Any) -> None:
    """Take two of twelve layers out of a transformer, in place; one with fewer layers stays as it is."""
    layers = list(body.encoder.layer)
    if len(layers) == _LARGE:
        kept = [layer for place, layer in enumerate(layers) if place not in _LEFT_OUT]
        body.encoder.layer = torch.nn.ModuleList(kept)
        body.config.num_hidden_layers = len(kept)


def steps(data: TrainingSet) -> Iterator[Step]:
    """Yield one epoch: pairs of articles with up to `QUESTIONS` of each, in random order."""
    parts: Step = []
    for article in data.places:
        own = [example for example in data.examples if example.article_id == article]
        random.shuffle(own)
        parts += [(article, own[start : start + QUESTIONS]) for start in range(0, len(own), QUESTIONS)]
    random.shuffle(parts)
    while parts:
        first = parts.pop()
        other = next((place for place in reversed(range(len(parts))) if parts[place][0] != first[0]), None)
        if other is None:
            return
        yield [first, parts.pop(other)]


def _loss(data: TrainingSet, step: Step, learned: _Learned) -> torch.Tensor:
    places = [place for article, _ in step for place in data.places[article]]
    examples = [example for _, part in step for example in part]
    sentences = encode(learned.body, learned.tokenizer, _texts(data, places))
    questions = encode(learned.body, learned.tokenizer, [example.text for example in examples])
    similarities = questions @ sentences.T
    row_of = {place: row for row, place in enumerate(places)}
    found, told = [], []
    for example, row in zip(examples, similarities, strict=True):
        right = {row_of[place] for place in example.positives & row_of.keys()}
        wrong = [at for at in range(len(places)) if at not in right]
        own = [at for at in wrong if data.passages[places[at]].article_id == example.article_id]
        told.append((row[own].max(), 0.0))
        groups = [group for group in example.groups if row_of.keys() & group]  # others lie in an article left out
        for group in groups:
            answers = [row_of[place] for place in group if place in row_of]
            logits = row * torch.exp(learned.scale)
            likelihood = torch.logsumexp(logits[answers], 0) - torch.logsumexp(logits[answers + wrong], 0)
            found.append(-likelihood / len(groups))
            told.append((row[answers].max(), 1.0))
    answered = sum(bool(example.groups) for example in examples)
    return torch.stack(found).sum() / max(answered, 1) + _SHARED_WEIGHT * _shared(told, learned.line)


def _shared(told: Sequence[tuple[torch.Tensor, float]], line: torch.Tensor) -> torch.Tensor:
    similarities = torch.stack([similarity for similarity, _ in told])
    labels = torch.tensor([label for _, label in told])
    return torch.nn.functional.binary_cross_entropy_with_logits(line[0] * similarities + line[1], labels)


def _texts(data: TrainingSet, places: Sequence[int]) -> list[str]:
    share = 1.0 if random.random() < _HEADLESS_STEPS else _HEADLESS
    return [data.passages[place].bare if random.random() < share else data.passages[place].text for place in places]
