"""`python -m index.training [--target FOLDER]`: train encoder and ranker again.

The encoder starts from all-mpnet-base-v2, which the extra "train" brings. The ranker reads far more text for each
question and must stay small: it starts from the bundled all-MiniLM-L6-v2, trained as an encoder first.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus.bank import load_bank
from corpus.library import SHIPPED_ARTICLES, load_library
from index.encoder import TRAINED_MODEL, bundled_model
from index.ranker import RANKER
from index.training.base import TrainingError, unpack_base
from index.training.encoder import SMALL_RATE, train_encoder
from index.training.examples import TrainingSet, training_set
from index.training.quantize import quantize
from index.training.ranker import train_ranker
from index.weights import SUMS, WEIGHTS_FOLDER, deciding_files


def main() -> None:
    """Train what is asked for and write down the hashes of what is in the target."""
    options = _options()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    data, started = training_set(load_library([SHIPPED_ARTICLES]), load_bank()), time.monotonic()
    _say(f"{len(data.examples)} questions on {len(data.places)} articles, {len(data.passages)} sentences")
    makers: dict[str, Callable[[TrainingSet, Path, Path], None]] = {TRAINED_MODEL: make_encoder, RANKER: make_ranker}
    for name in options.models:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                makers[name](data, Path(scratch), options.target / name)
            except TrainingError as error:
                sys.exit(str(error))
        _say(f"{name} trained, {(time.monotonic() - started) / 60:.0f} minutes since the start")
    write_sums(options.target)


def make_encoder(data: TrainingSet, scratch: Path, target: Path) -> None:
    """Train the encoder from all-mpnet-base-v2 and write it, in four bits, to `target`."""
    train_encoder(data, unpack_base(scratch), scratch / "trained")
    quantize(scratch / "trained", target)


def make_ranker(data: TrainingSet, scratch: Path, target: Path) -> None:
    """Train a small encoder from the bundled model, and from it the ranker, which is written to `target`."""
    train_encoder(data, Path(bundled_model()), scratch / "trained", SMALL_RATE)
    train_ranker(data, scratch / "trained", target)


def write_sums(target: Path) -> None:
    """Write the SHA-256 of what each model in `target` hangs on, in the form of `sha256sum`."""
    files = [file for name in (TRAINED_MODEL, RANKER) for file in deciding_files(target / name)]
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(target).as_posix()}\n" for file in files
    ]
    (target / SUMS).write_text("".join(lines), encoding="utf-8")


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    options.add_argument("--target", type=Path, default=WEIGHTS_FOLDER, help="folder that the models are written to")
    options.set_defaults(models=(TRAINED_MODEL, RANKER))
    only = options.add_mutually_exclusive_group()
    for name in (TRAINED_MODEL, RANKER):
        only.add_argument(
            f"--{name}-only", dest="models", action="store_const", const=(name,), help=f"train no more than the {name}"
        )
    return options.parse_args()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - progress of a command


if __name__ == "__main__":
    main()
