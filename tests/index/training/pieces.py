"""Questions to train on, and a model small enough to be trained in a test."""

from pathlib import Path

from corpus.bank import BankQuestion, Kind, Split
from index.encoder import bundled_model
from index.training.encoder import train_encoder
from index.training.examples import TrainingSet

LARGER = "The Operations Manager holds the larger budget, which spans several departments."
RATE = 8e-5  # learning rate that suits the bundled all-MiniLM-L6-v2


def row(text: str, article: str, *evidence: str, split: Split = Split.TRAIN) -> BankQuestion:
    kind = Kind.DIRECT if evidence else Kind.UNANSWERABLE
    return BankQuestion(text, kind, (text,), (article,), ((evidence,) if evidence else ()), (), split)


def trained_once(data: TrainingSet, target: Path) -> Path:
    train_encoder(data, Path(bundled_model()), target, RATE)
    return target
