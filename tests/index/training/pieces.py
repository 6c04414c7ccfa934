"""Questions to train on, and a model small enough to be trained in a test."""

from pathlib import Path

from corpus.bank import BankQuestion, Kind, Split
from index.encoder import bundled_model
from index.training.encoder import SMALL_RATE, train_encoder
from index.training.examples import TrainingSet

LARGER = "The Operations Manager holds the larger budget, which spans several departments."


def row(text: str, article: str, *evidence: str, split: Split = Split.TRAIN) -> BankQuestion:
    kind = Kind.DIRECT if evidence else Kind.UNANSWERABLE
    return BankQuestion(text, kind, (text,), (article,), ((evidence,) if evidence else ()), (), split)


def trained_once(data: TrainingSet, target: Path) -> Path:
    train_encoder(data, Path(bundled_model()), target, SMALL_RATE)
    return target
