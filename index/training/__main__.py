"""`python -m index.training [--target FOLDER]`: train both models again from the bundled weights."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import time
from pathlib import Path

from corpus.bank import load_bank
from corpus.library import SHIPPED_ARTICLES, load_library
from index.encoder import TRAINED_MODEL, bundled_model
from index.ranker import RANKER
from index.training.encoder import train_encoder
from index.training.examples import training_set
from index.training.ranker import train_ranker
from index.weights import FILE_NAME, SUMS, WEIGHTS_FOLDER

# Say to sentence-transformers how vectors are made of the transformer: the mean of all tokens, length 1.
_POOLING = ("modules.json", "config_sentence_transformers.json", "sentence_bert_config.json", "1_Pooling")


def main() -> None:
    """Train the encoder, then the ranker that starts from it, and write down the hashes of both."""
    options = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    options.add_argument("--target", type=Path, default=WEIGHTS_FOLDER, help="folder that the models are written to")
    target: Path = options.parse_args().target
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    data = training_set(load_library([SHIPPED_ARTICLES]), load_bank())
    base, started = Path(bundled_model()), time.monotonic()
    _say(f"{len(data.examples)} questions on {len(data.places)} articles, {len(data.passages)} sentences")
    train_encoder(data, base, target / TRAINED_MODEL)
    add_pooling(base, target / TRAINED_MODEL)
    _say(f"encoder trained, {_minutes(started)}")
    train_ranker(data, target / TRAINED_MODEL, target / RANKER)
    _say(f"ranker trained, {_minutes(started)}")
    _write_sums(target)


def add_pooling(base: Path, target: Path) -> None:
    """Copy what says how vectors are made from the base model to the trained one."""
    for name in _POOLING:
        if (base / name).is_dir():
            shutil.copytree(base / name, target / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(base / name, target / name)


def _write_sums(target: Path) -> None:
    names = [f"{model}/{FILE_NAME}" for model in (TRAINED_MODEL, RANKER)]
    lines = [f"{hashlib.sha256((target / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (target / SUMS).write_text("".join(lines), encoding="utf-8")


def _minutes(started: float) -> str:
    return f"{(time.monotonic() - started) / 60:.0f} minutes since the start"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - progress of a command


if __name__ == "__main__":
    main()
