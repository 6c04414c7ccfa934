"""Train the ranker: a cross-encoder that reads question and sentence together and says whether one answers the other.

It starts from the trained encoder, whose ranking also chooses what it learns to refuse: for every question sentences of
the same article that look like answers. Positives and negatives have the same form, single sentences, since a model
that sees one of them longer learns length. Questions without an answer teach it to refuse.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from index.training.examples import Example, TrainingSet
from index.training.network import LONGEST, by_length, encode, load_body, load_classifier, load_tokenizer, schedule

EPOCHS, RATE, HEAD_RATE = 2, 1e-4, 5e-4
QUESTIONS = 16  # in a step
_MOST_POSITIVES = 3
_LIKELY, _LIKELY_TAKEN, _LIKELY_TAKEN_UNANSWERED = 6, 2, 3  # of the first so many of its article; the rest gives one
_FOREIGN = 8  # candidates from other articles
_FOREIGN_SHARE = 0.5  # of the questions get one of them
_FOREIGN_ALONE = 3  # for a question of no article
_HEADLESS = 0.15  # share of passages shown without their heading
_POSITIVE_WEIGHT, _LIST_WEIGHT = 1.5, 0.3
_BATCH = 36


@dataclass(frozen=True, slots=True)
class Mined:
    """An example with what does not answer it: of its own article, and of others, the likeliest first."""

    example: Example
    own: tuple[int, ...]
    foreign: tuple[int, ...]


def train_ranker(data: TrainingSet, encoder: Path, target: Path, seed: int = 2) -> None:
    """Train from the encoder's weights and write classifier and tokenizer, in half precision, to `target`."""
    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = load_tokenizer(encoder)
    examples = mine(data, load_body(encoder).eval(), tokenizer)
    model = load_classifier(encoder)
    body = list(model.bert.encoder.parameters())
    head = [*model.classifier.parameters(), *model.bert.pooler.parameters()]
    optimizer = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01)
    steps = EPOCHS * (len(examples) // QUESTIONS)
    rates = schedule(optimizer, steps)
    model.train()
    for step in tqdm(range(steps), desc="ranker", disable=None):
        at = step % (len(examples) // QUESTIONS)
        if at == 0:
            random.shuffle(examples)
        loss = _loss(data, examples[at * QUESTIONS : (at + 1) * QUESTIONS], model, tokenizer)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimizer.step()
        rates.step()
        optimizer.zero_grad()
    model.half().save_pretrained(str(target))
    tokenizer.save_pretrained(str(target))


@torch.no_grad()
def mine(data: TrainingSet, body: Any, tokenizer: Any) -> list[Mined]:
    """Return every example that can be trained on with its negatives, the most similar first."""
    passages = encode(body, tokenizer, [passage.text for passage in data.passages])
    questions = encode(body, tokenizer, [example.text for example in data.examples])
    mined = []
    for example, question in zip(data.examples, questions, strict=True):
        order = (passages @ question).argsort(descending=True).tolist()
        wrong = [place for place in order if place not in example.positives]
        own = [place for place in wrong if data.passages[place].article_id == example.article_id]
        foreign = [place for place in wrong[: 4 * _FOREIGN] if data.passages[place].article_id != example.article_id]
        mined.append(Mined(example, tuple(own), tuple(foreign[:_FOREIGN])))
    return mined


def chosen(mined: Mined) -> tuple[list[int], list[int]]:
    """Return the positives and the negatives of one example for one step."""
    positives = sorted(mined.example.positives)
    positives = random.sample(positives, min(_MOST_POSITIVES, len(positives)))
    if not mined.own:
        return positives, random.sample(mined.foreign, _FOREIGN_ALONE)
    likely = random.sample(mined.own[:_LIKELY], _LIKELY_TAKEN if positives else _LIKELY_TAKEN_UNANSWERED)
    negatives = [*likely, *random.sample(mined.own[_LIKELY:], 1)]
    if random.random() < _FOREIGN_SHARE and mined.foreign:
        negatives.append(random.choice(mined.foreign))
    return positives, negatives


def _loss(data: TrainingSet, batch: Sequence[Mined], model: Any, tokenizer: Any) -> torch.Tensor:
    parts = [chosen(mined) for mined in batch]
    pairs, labels = [], []
    for mined, (positives, negatives) in zip(batch, parts, strict=True):
        pairs += [(mined.example.text, _text(data, place)) for place in (*positives, *negatives)]
        labels += [1.0] * len(positives) + [0.0] * len(negatives)
    logits = _logits(model, tokenizer, pairs)
    each = torch.nn.functional.binary_cross_entropy_with_logits(
        logits, torch.tensor(labels), pos_weight=torch.tensor(_POSITIVE_WEIGHT)
    )
    lists, start = [], 0
    for positives, negatives in parts:
        right, end = start + len(positives), start + len(positives) + len(negatives)
        lists += [
            torch.logsumexp(torch.cat((logits[at : at + 1], logits[right:end])), 0) - logits[at]
            for at in range(start, right)
        ]
        start = end
    return each + _LIST_WEIGHT * (torch.stack(lists).mean() if lists else torch.tensor(0.0))


def _text(data: TrainingSet, place: int) -> str:
    passage = data.passages[place]
    return passage.bare if random.random() < _HEADLESS else passage.text


def _logits(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    rows: list[torch.Tensor] = [torch.empty(0)] * len(pairs)
    for places in by_length([len(question) + len(text) for question, text in pairs], _BATCH):
        batch = tokenizer(
            [pairs[place][0] for place in places],
            [pairs[place][1] for place in places],
            padding=True,
            truncation="longest_first",
            max_length=LONGEST,
            return_tensors="pt",
        )
        for row, place in zip(model(**batch).logits[:, 0], places, strict=True):
            rows[place] = row
    return torch.stack(rows)
