"""Train the ranker on what the finished encoder says of tokens: whether a sentence answers a question.

The encoder is not changed, so every sentence and question is read once, and an epoch takes minutes. Its ranking chooses
what is learned to be refused: for every question sentences of the same article that look like answers, and one of
another article. Positives and negatives have the same form, single sentences, since a model that sees one of them
longer learns length. Questions without an answer teach it to refuse. A step holds questions of two articles, which
share most of their sentences.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from tqdm import tqdm

from index.quantized import QuantizedModel
from index.training.examples import Example, TrainingSet
from index.training.head import Head, export
from index.training.network import schedule
from index.training.outputs import put_shortening
from index.weights import FILE_NAMES

EPOCHS, RATE = 2, 5e-4
_QUESTIONS = 16  # of one article, of like length; a step holds two such groups
_MOST_POSITIVES = 3
_LIKELY, _LIKELY_TAKEN, _OTHERS_TAKEN = 12, 7, 1  # of the first so many of its article; of the rest
_FOREIGN, _FOREIGN_SHARE = 24, 0.6  # the likeliest of all articles; share of the questions that get one of another one
_FOREIGN_ALONE = 9  # for a question of no article
_POSITIVE_WEIGHT, _LIST_WEIGHT, _FIRST_WEIGHT = 1.5, 0.5, 0.3
_WEIGHT_DECAY, _LONGEST_STEP = 0.05, 1.0  # AdamW's; the norm to which gradients are clipped
_SAMPLE = 8  # every so many sentences tell where short vectors begin


@dataclass(frozen=True, slots=True)
class Mined:
    """An example by its place, with what does not answer it: of its own article, and of others, the likeliest first."""

    place: int
    example: Example
    own: tuple[int, ...]
    foreign: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder says of all passages and examples: vectors, and the long vectors of tokens in half precision."""

    passages: tuple[torch.Tensor, ...]
    questions: tuple[torch.Tensor, ...]
    similarities: torch.Tensor  # (examples, passages)


def train_ranker(data: TrainingSet, encoder: Path, target: Path, seed: int = 2) -> None:
    """Train beside the quantised encoder in a folder, into which the shortening of tokens is put; write to `target`."""
    random.seed(seed)
    torch.manual_seed(seed)
    seen = look(data, QuantizedModel(encoder))
    head = Head(seen.passages[0].shape[1])
    head.start(torch.cat(seen.passages[::_SAMPLE]).float())
    mined = mine(data, seen)
    epochs = [steps(mined) for _ in range(EPOCHS)]
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=_WEIGHT_DECAY)
    rates = schedule(optimizer, sum(map(len, epochs)))
    for step in tqdm([step for epoch in epochs for step in epoch], desc="ranker", disable=None):
        torch.autograd.backward(_loss(head, seen, [(one.place, *chosen(one)) for one in step]))
        torch.nn.utils.clip_grad_norm_(head.parameters(), _LONGEST_STEP)
        optimizer.step()
        rates.step()
        optimizer.zero_grad()
    target.mkdir(parents=True, exist_ok=True)
    export(head, target / FILE_NAMES[1])
    put_shortening(encoder / FILE_NAMES[1], head.shorten)


def look(data: TrainingSet, encoder: QuantizedModel) -> Seen:
    """Let the encoder read everything."""
    passages = encoder.states([passage.text for passage in data.passages])
    questions = encoder.states([example.text for example in data.examples])
    vectors = [torch.from_numpy(np.stack([vector for vector, _ in read])) for read in (questions, passages)]
    long = [tuple(torch.from_numpy(states.astype(np.float16)) for _, states in read) for read in (passages, questions)]
    return Seen(long[0], long[1], vectors[0] @ vectors[1].T)


def mine(data: TrainingSet, seen: Seen) -> list[Mined]:
    """Return every example with its negatives, the most similar first."""
    mined = []
    for place, (example, similarities) in enumerate(zip(data.examples, seen.similarities, strict=True)):
        order, positives = similarities.argsort(descending=True).tolist(), example.positives
        wrong = [passage for passage in order if passage not in positives]
        own = [passage for passage in wrong if data.passages[passage].article_id == example.article_id]
        likely = [passage for passage in order[:_FOREIGN] if passage not in positives]
        foreign = [passage for passage in likely if data.passages[passage].article_id != example.article_id]
        mined.append(Mined(place, example, tuple(own), tuple(foreign)))
    return mined


def steps(mined: Sequence[Mined]) -> list[list[Mined]]:
    """Return one epoch in random order: groups of questions of one article and of like length, two in a step."""
    of_article: defaultdict[str | None, list[Mined]] = defaultdict(list)
    for one in mined:
        of_article[one.example.article_id].append(one)
    loose = of_article.pop(None, [])
    groups = []
    for own in of_article.values():
        own.sort(key=lambda one: len(one.example.text) + random.random() * 40)
        groups += [own[start : start + _QUESTIONS] for start in range(0, len(own), _QUESTIONS)]
    groups.sort(key=lambda group: sum(len(one.example.text) for one in group) / len(group) + random.random() * 15)
    epoch = [[one for group in groups[start : start + 2] for one in group] for start in range(0, len(groups), 2)]
    for one in loose:
        random.choice(epoch).append(one)
    random.shuffle(epoch)
    return epoch


def chosen(mined: Mined) -> tuple[list[int], list[int]]:
    """Return the positives and the negatives of one example for one step."""
    positives = sorted(mined.example.positives)
    positives = random.sample(positives, min(_MOST_POSITIVES, len(positives)))
    likely, others = mined.own[:_LIKELY], mined.own[_LIKELY:]
    negatives = random.sample(likely, min(_LIKELY_TAKEN, len(likely)))
    negatives += random.sample(others, min(_OTHERS_TAKEN, len(others)))
    foreign = _FOREIGN_ALONE if not mined.own else int(random.random() < _FOREIGN_SHARE)
    return positives, negatives + random.sample(mined.foreign, min(foreign, len(mined.foreign)))


def _loss(head: Head, seen: Seen, step: Sequence[tuple[int, list[int], list[int]]]) -> torch.Tensor:
    passages = sorted({passage for _, positives, negatives in step for passage in (*positives, *negatives)})
    row_of = {passage: row for row, passage in enumerate(passages)}
    pairs = [
        (row, passage) for row, (_, positives, negatives) in enumerate(step) for passage in (*positives, *negatives)
    ]
    labels = [float(n < len(positives)) for _, positives, negatives in step for n in range(len(positives + negatives))]
    asked = torch.tensor([row for row, _ in pairs])
    read = torch.tensor([row_of[passage] for _, passage in pairs])
    similarity = seen.similarities[torch.tensor([step[row][0] for row, _ in pairs]), [place for _, place in pairs]]
    states, there = _padded([seen.passages[place] for place in passages])
    tokens = head.tokens(states)
    states, words = _padded([seen.questions[place] for place, _, _ in step])
    short, weights, wide = (part.index_select(0, asked) for part in head.question(states, words))
    kept, present = tokens.index_select(0, read), there.index_select(0, read)
    sentence = [layer.index_select(0, read) for layer in head.sentence(tokens)]
    first = head.first(short, weights, kept, present)
    logits = head((short, weights, wide), words.index_select(0, asked), sentence, present, first, similarity)
    each = functional.binary_cross_entropy_with_logits(
        logits, torch.tensor(labels), pos_weight=torch.tensor(_POSITIVE_WEIGHT)
    )
    sizes = [(len(positives), len(negatives)) for _, positives, negatives in step]
    lists = _lists(logits, sizes) + _FIRST_WEIGHT * _lists(head.known(similarity, first), sizes)
    return each + _LIST_WEIGHT * lists / len(step)


def _lists(logits: torch.Tensor, sizes: Sequence[tuple[int, int]]) -> torch.Tensor:
    """Return the sum of softmax losses: each positive against all negatives of its question."""
    losses, start = [torch.tensor(0.0)], 0
    for positives, negatives in sizes:
        right, end = start + positives, start + positives + negatives
        losses += [
            (torch.logsumexp(torch.cat((logits[at : at + 1], logits[right:end])), 0) - logits[at]) / positives
            for at in range(start, right)
        ]
        start = end
    return torch.stack(losses).sum()


def _padded(states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return vectors of tokens in one tensor, in full precision, and which of its tokens exist."""
    lengths = torch.tensor([len(some) for some in states])
    padded = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True).float()
    return padded, torch.arange(padded.shape[1])[None] < lengths[:, None]
