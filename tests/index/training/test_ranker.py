"""How the ranker is trained."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from corpus.chunks import Chunk
from index.encoder import TRAINED_MODEL, SentenceEncoder
from index.hits import Hit
from index.ranker import RANKER, InteractionRanker
from index.training.examples import TrainingSet
from index.training.ranker import Seen, chosen, mine, train_ranker
from index.training.ranker import steps as ranker_steps
from index.weights import WEIGHTS_FOLDER
from tests.small import OFFICE, OPERATIONS


def seen_alike(data: TrainingSet) -> Seen:
    """Return what an encoder would say that finds every later passage a little less likely."""
    states = tuple(torch.randn(4, 16).half() for _ in data.passages)
    questions = tuple(torch.randn(3, 16).half() for _ in data.examples)
    return Seen(states, questions, torch.linspace(1, 0, len(data.passages)).expand(len(data.examples), -1))


def test_negatives_never_answer_and_the_likeliest_come_first(data: TrainingSet) -> None:
    money, earning, _ = mine(data, seen_alike(data))
    assert not set(money.own) & money.example.positives
    assert list(money.own) == sorted(money.own)
    assert {data.passages[place].article_id for place in money.own} == {OPERATIONS}
    assert {data.passages[place].article_id for place in money.foreign} == {OFFICE}
    positives, negatives = chosen(earning)
    assert positives == []
    assert len(set(negatives)) == len(negatives) >= 4


def test_an_epoch_of_the_ranker_holds_every_question_once(data: TrainingSet) -> None:
    loose = replace(data, examples=(*data.examples, replace(data.examples[1], article_id=None)))
    epoch = ranker_steps(mine(loose, seen_alike(loose)))
    assert sorted(one.place for step in epoch for one in step) == list(range(len(loose.examples)))


@pytest.mark.slow
def test_the_ranker_is_trained_beside_its_encoder_and_loaded_again(some: TrainingSet, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(WEIGHTS_FOLDER / TRAINED_MODEL, tmp_path / TRAINED_MODEL))
    train_ranker(some, folder, tmp_path / RANKER)
    ranker = InteractionRanker(tmp_path / RANKER, SentenceEncoder(str(folder)))
    for asked in [example for example in some.examples if example.positives][:3]:
        right = some.passages[min(asked.positives)]
        wrong = next(passage for passage in some.passages if passage.article_id != right.article_id)
        hits = [Hit(Chunk("", one.article_id, 0, 0, one.text), 0.5, 0.5) for one in (right, wrong)]
        scores = ranker.relevance(asked.text, hits)
        assert scores[0] > scores[1], asked.text
    assert (tmp_path / RANKER / "model.onnx").stat().st_size < 20_000_000
